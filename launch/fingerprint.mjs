import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { bundleOf, entryPoints } from './bundles.mjs'
import { fromRoot, root } from './settings.mjs'

/** The file that says which build stands in dist/. */
export const buildFile = fromRoot('dist/build.json')

/**
 * A build: its id, which a server tells its pages, and what its client was made from.
 * @typedef {{ build: string, client: string }} Build
 */

/**
 * What a build of the sources as they are would be. Contents are compared, not dates, which a checkout makes worthless.
 * @returns {Build}
 */
export function wantedBuild() {
  const client = digest(['client', 'shared/domain', ...configuration()])
  const roles = digest([
    'server',
    'workers',
    'ops',
    'shared',
    'test/simulator',
    'launch/bundles.mjs',
    ...configuration(),
  ])
  return { build: createHash('sha256').update(client).update(roles).digest('hex').slice(0, 12), client }
}

/** @returns {Build | undefined} the build in dist/; undefined when there is none, or not a whole one */
export function presentBuild() {
  const roles = /** @type {import('./bundles.mjs').Role[]} */ (Object.keys(entryPoints))
  if (![fromRoot('dist/client/index.html'), ...roles.map(bundleOf)].every(file => existsSync(file))) return undefined
  try {
    return JSON.parse(readFileSync(buildFile, 'utf8'))
  } catch {
    return undefined
  }
}

/** The files at the root that a build depends on. */
const configuration = () =>
  readdirSync(root).filter(name => /^(?:package-lock\.json|tsconfig\.json|\w+\.config\.\w+)$/.test(name))

/**
 * @param {readonly string[]} places files and folders, from the root
 * @returns {string} a digest of the names and contents of every file in them
 */
function digest(places) {
  const hash = createHash('sha256')
  for (const file of places.flatMap(filesIn).sort()) {
    hash.update(`${file}\0`).update(
      createHash('sha256')
        .update(readFileSync(fromRoot(file)))
        .digest(),
    )
  }
  return hash.digest('hex')
}

/**
 * @param {string} place
 * @returns {string[]}
 */
function filesIn(place) {
  if (!existsSync(fromRoot(place))) return []
  if (path.extname(place)) return [place]
  return readdirSync(fromRoot(place), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.relative(root, path.join(entry.parentPath, entry.name)))
}
