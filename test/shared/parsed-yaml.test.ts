import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { ProviderFile } from '../../shared/regions/provider-file.ts'
import { loadParsed } from '../../shared/yaml/parsed-yaml.ts'
import { readYaml, strict } from '../../shared/yaml/yaml-file.ts'

const azure = readFileSync(new URL('../../shared/regions/azure.yaml', import.meta.url), 'utf8')
const folder = await mkdtemp(path.join(tmpdir(), 'parsed-'))
afterAll(() => rm(folder, { recursive: true }))

/** As a build writes it. */
const toParsed = (texts: readonly string[]): string =>
  JSON.stringify(Object.fromEntries(texts.map(text => [createHash('sha256').update(text).digest('hex'), parse(text)])))

async function kept(content: string) {
  const file = path.join(folder, 'parsed.json')
  await writeFile(file, content)
  return loadParsed(pathToFileURL(file))
}

test('what a build kept of a file is what the file says, with its lines', async () => {
  const known = await kept(toParsed([azure]))
  const [parsed, before] = [
    readYaml('azure.yaml', azure, ProviderFile),
    readYaml('azure.yaml', azure, ProviderFile, known),
  ]
  if (!parsed.ok || !before.ok) throw new Error('not read')
  expect(before.value.value).toEqual(parsed.value.value)
  expect(before.value.value.regions.length).toBeGreaterThan(50)
  const place = ['regions', 7, 'code']
  expect(before.value.lineOf(place)).toBe(parsed.value.lineOf(place))
})

test('a file that was changed since is read itself', async () => {
  const known = await kept(toParsed(['a: 1']))
  const Shape = strict({ a: z.number() })
  expect(readYaml('f', 'a: 1', Shape, known)).toMatchObject({ ok: true, value: { value: { a: 1 } } })
  expect(readYaml('f', 'a: 2', Shape, known)).toMatchObject({ ok: true, value: { value: { a: 2 } } })
})

test('what was kept passes the schema, and problems name their line', async () => {
  const text = 'a: 1\nb: 2'
  const known = await kept(toParsed([text]))
  expect(readYaml('f', text, strict({ a: z.number() }), known)).toEqual({
    ok: false,
    error: "f line 2: 'b: 2' is not a key here: use a",
  })
})

test.each(['', '{', '[]', 'null'])('damage (%j) keeps nothing', async content => {
  expect((await kept(content)).size).toBe(0)
})
