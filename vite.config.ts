import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig, type Plugin } from 'vite'

/** Where `vite` finds the server while somebody works on the page. */
const SERVER = 'http://localhost:3000'

export default defineConfig({
  root: 'client',
  plugins: [svelte({ configFile: '../svelte.config.js' }), preloadFonts()],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'es2023',
    // light-dark() and nesting stay as written: the theme is one value a colour
    cssTarget: ['chrome123', 'safari17.5', 'firefox120'],
    // the content security policy allows no data: fonts or scripts
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // In one file, so that zod is told to do without `eval` before a schema is made.
      output: { codeSplitting: { groups: [{ name: 'schemas', test: /\/(?:zod|shared\/domain|jitless)[/.]/ }] } },
    },
  },
  server: {
    proxy: { '/api': SERVER, '/socket.io': { target: SERVER, ws: true } },
  },
})

/** Preloads the two Latin font files, whose names carry a hash, so that the first words appear in their own type. */
function preloadFonts(): Plugin {
  return {
    name: 'preload-fonts',
    transformIndexHtml(_html, { bundle }) {
      const fonts = Object.keys(bundle ?? {}).filter(file => /-latin-wght-normal-[^/]*\.woff2$/.test(file))
      return fonts.map(file => ({
        tag: 'link',
        attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${file}`, crossorigin: '' },
        injectTo: 'head' as const,
      }))
    },
  }
}
