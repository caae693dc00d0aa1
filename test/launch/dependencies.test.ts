import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { z } from 'zod'

const root = new URL('../../', import.meta.url)
const read = (name: string) => readFile(new URL(name, root), 'utf8')

const Locked = z.object({
  version: z.string(),
  integrity: z.string().optional(),
  license: z.string().optional(),
  dev: z.boolean().optional(),
  hasInstallScript: z.boolean().optional(),
  resolved: z.string().optional(),
})
const lock = z
  .object({ packages: z.record(z.string(), z.unknown()) })
  .parse(JSON.parse(await read('package-lock.json')))
const packages = Object.entries(lock.packages)
  .filter(([place]) => place !== '')
  .map(([place, entry]) => ({ place, ...Locked.parse(entry) }))

/** Licences that ask for nothing but their own text. */
const permissive = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
])

/**
 * MPL-2.0 asks only for changes to its own files, OFL-1.1 that a changed font has another name: web-push and the page's
 * type are shipped as they are.
 */
const unchanged = new Set(['node_modules/web-push', 'node_modules/@fontsource/atkinson-hyperlegible-next'])

/**
 * The decoders of sharp: LGPL asks that whoever runs a program can put another version of the library in its place. They
 * are packages of their own, of which npm installs the one for the machine, and we change and bundle none.
 */
const replaceable = /^node_modules\/@img\/sharp-/

/** It tells its licence, MIT, in an older way that npm does not read, and in a file. */
const untold = new Set(['node_modules/xmlhttprequest-ssl'])

test('every package is named by its bytes, and by no host', () => {
  expect(packages.filter(({ integrity }) => !/^sha512-/.test(integrity ?? ''))).toEqual([])
  expect(packages.filter(({ resolved }) => resolved !== undefined)).toEqual([])
})

test('no package may run anything when it is installed, and those that would are known', async () => {
  expect(await read('.npmrc')).toMatch(/^ignore-scripts=true$/m)
  const scripted = packages.filter(({ hasInstallScript }) => hasInstallScript).map(({ place }) => place)
  expect(scripted).toEqual([
    // counts installations; a part of Spectral, which only the tests run
    'node_modules/@scarf/scarf',
    'node_modules/esbuild',
    'node_modules/msgpackr-extract',
  ])
})

test('what is shipped has a licence that lets it be shipped', () => {
  const shipped = packages.filter(({ dev }) => dev !== true)
  const others = shipped.filter(
    ({ license, place }) =>
      !permissive.has(license ?? '') && !untold.has(place) && !unchanged.has(place) && !replaceable.test(place),
  )
  expect(others.map(({ place, license }) => `${place}: ${license}`)).toEqual([])
})
