import { fromRoot, root } from './settings.mjs'

/** What runs as a process of its own, and where its composition root stands. */
export const entryPoints = /** @type {const} */ ({
  server: 'server/main.ts',
  workers: 'workers/main.ts',
  simulator: 'test/simulator/main.ts',
})

/** @typedef {keyof typeof entryPoints} Role */

/** What runs once and ends: a container asks whether its worker is well, a person which format an address has, for OPML, or how all stands. */
const errands = {
  'workers-healthcheck': 'workers/healthcheck.ts',
  'workers-detect': 'workers/detect-main.ts',
  'workers-opml': 'workers/opml-main.ts',
  'ops-backup': 'ops/backup-main.ts',
  'ops-restore': 'ops/restore-main.ts',
  'ops-doctor': 'ops/doctor-main.ts',
}

/** @param {Role} role */
export const bundleOf = role => fromRoot('dist', `${role}.js`)

/**
 * One file a role, next to each other in dist/, one level below the root like the composition roots of server/ and
 * workers/: addresses relative to `import.meta.url` hold in both.
 * @type {import('esbuild').BuildOptions}
 */
export const bundleOptions = {
  absWorkingDir: root,
  entryPoints: { ...entryPoints, ...errands },
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  packages: 'external',
  sourcemap: true,
  sourcesContent: false,
  logLevel: 'silent',
}
