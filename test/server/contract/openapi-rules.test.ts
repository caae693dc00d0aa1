import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import SwaggerParser from '@apidevtools/swagger-parser'
import spawn from 'nano-spawn'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openApiDocument } from '../../../server/routes/all.ts'

let dir: string
let file: string
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'neph-openapi-'))
  file = path.join(dir, 'openapi.json')
  await writeFile(file, JSON.stringify(openApiDocument('/status')))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const quiet = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }

test('Redocly has nothing to say against the document, but for what redocly.yaml argues', async () => {
  const linted = await spawn('redocly', ['lint', file, `--config=${here('redocly.yaml')}`, '--format=json'], {
    ...{ preferLocal: true, env: quiet },
  })
  expect(JSON.parse(linted.stdout)).toMatchObject({ totals: { errors: 0, warnings: 0, ignored: 0 } })
})

test('Spectral has nothing to say against it', async () => {
  const args = ['lint', file, `--ruleset=${here('spectral.yaml')}`, '--fail-severity=hint', '--format=json', '--quiet']
  const linted = await spawn('spectral', args, { preferLocal: true }).catch(failure => failure)
  expect(JSON.parse(linted.stdout || '[]')).toEqual([])
  expect(linted.exitCode ?? 0).toBe(0)
})

test('swagger-parser takes it, with every reference in it', async () => {
  const document = await SwaggerParser.validate(file)
  expect(document.info.title).toBe('Nephoscope')
})

test('every parameter says what it is, and every answer that is not empty what it holds', () => {
  const { paths } = JSON.parse(JSON.stringify(openApiDocument()))
  const silent: string[] = []
  for (const [path, operations] of Object.entries<object>(paths))
    for (const [method, { parameters, responses }] of Object.entries(operations)) {
      for (const { name, description } of parameters)
        if (!description) silent.push(`${method} ${path}: the parameter ${name} has no text in parameter-texts.ts`)
      for (const [status, { content = {} }] of Object.entries<{ content?: object }>(responses))
        for (const [type, { schema }] of Object.entries(content))
          if (schema === undefined) silent.push(`${method} ${path}: ${status} as ${type} has no schema`)
    }
  expect(silent).toEqual([])
})
