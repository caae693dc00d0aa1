import { bundleOptions, entryPoints } from './bundles.mjs'

/**
 * Keeps a role's bundle in dist/ up to date with its sources.
 * @param {import('./bundles.mjs').Role} role
 * @param {() => void} onChange after every later build without errors
 * @returns {Promise<void>} when the first build without errors stands
 */
export async function watchBundle(role, onChange) {
  const esbuild = await import('esbuild')
  /** @type {() => void} */
  let built = () => {}
  const first = new Promise(resolve => {
    built = () => resolve(undefined)
  })
  const tell = esbuildPlugin(() => {
    built()
    built = onChange
  })
  const context = await esbuild.context({
    ...bundleOptions,
    entryPoints: { [role]: entryPoints[role] },
    plugins: [tell],
  })
  await context.watch()
  await first
}

/**
 * @param {() => void} onBuilt
 * @returns {import('esbuild').Plugin}
 */
const esbuildPlugin = onBuilt => ({
  name: 'tell-when-built',
  setup(build) {
    build.onEnd(({ errors }) => {
      if (errors.length === 0) onBuilt()
    })
  },
})
