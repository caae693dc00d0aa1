import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { canaries, threeClouds } from '../shared/import/states.ts'
import { runErrand } from '../support/errand.ts'

let dir: string
const file = (name: string): string => path.join(dir, name)
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'neph-import-'))
  await writeFile(file('terraform.tfstate'), JSON.stringify(threeClouds))
  await writeFile(file('words.txt'), 'GH Actions\nlambda frankfurt\nwhatever it is\n')
})
afterAll(() => rm(dir, { recursive: true }))

const importFiles = (...names: string[]) => runErrand('workers-stack', ['import', ...names], {})

test('files become a stack for the sources file, and what was not understood is told beside it', async () => {
  const { code, out, err } = await importFiles(file('terraform.tfstate'), file('words.txt'))
  expect(code).toBe(0)
  expect(out).toMatch(/^- id: my-stack\n {2}name: My stack\n {2}uses:\n {4}# aws\n/)
  expect(out).toContain('    - aws/lambda@eu-central-1,eu-west-1,us-east-1 # 4\n')
  expect(out).toContain('    - "github[Actions]" # 1\n')
  expect(err).toMatch(/^Read a state of Terraform, a list of words: \d+ uses, said \d+ times$/m)
  expect(err).toContain('helm_release')
  for (const canary of Object.values(canaries)) expect(out + err).not.toContain(canary)
})

test('what cannot be read ends with one line that names the file', async () => {
  const missing = await importFiles(file('terraform.tfstate'), file('nothing'))
  expect(missing).toMatchObject({ code: 2, out: '' })
  expect(missing.err).toMatch(/nothing cannot be read: ENOENT[^\n]*\n$/)
  await writeFile(file('main.go'), 'package main\n')
  const unknown = await importFiles(file('main.go'))
  expect(unknown).toMatchObject({ code: 2, out: '' })
  expect(unknown.err).toMatch(/main\.go is in no form that is known: [^\n]*\n$/)
  expect((await runErrand('workers-stack', [], {})).err).toMatch(/^Use: npm run --silent stack -- import <file …>/)
})
