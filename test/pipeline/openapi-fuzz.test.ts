import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openApiDocument } from '../../server/routes/all.ts'
import { type Asked, type Document, type Operation, requestsOf } from '../support/openapi-requests.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

const ADMIN = 'an-admin-token-for-the-fuzzer'
const SEED = 20_261_130
/** Requests of an operation. */
const RUNS = 8

const document: Document = JSON.parse(JSON.stringify(openApiDocument()))
const ajv = new Ajv2020({ strict: false, allErrors: false })
addFormats.default(ajv)
ajv.addSchema({ $id: 'api', ...document })

let stack: Stack
let url: string
let known: Record<string, string>
beforeAll(async () => {
  stack = await startStack({ story: 'demo', every: '1s', hasTeams: true })
  await stack.ready()
  ;({ url } = await stack.another('server', { ADMIN_TOKEN: ADMIN, VIEW_TOKEN: 'a-view-token-for-the-fuzzer' }))
  await stack.ready(url)
  const incidents = async () => (await (await ask('get', '/api/incidents')).json()).incidents
  await until(async () => (await incidents()).length > 0, 'an incident')
  const [source = '', id = ''] = (await incidents())[0].id.split('/')
  known = { source, id, provider: 'azure', code: 'westeurope', service: 'aks', stack: 'shop', file: 'all.json' }
})
afterAll(() => stack.close())

const ask = (method: string, path: string, body?: string) =>
  fetch(url + path, {
    method: method.toUpperCase(),
    headers: { Authorization: `Bearer ${ADMIN}`, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
    ...(body !== undefined && { body }),
  })

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
)

test.each(operations)(
  '$method $path keeps to its description, whatever it is asked',
  async ({ method, path, operation }) => {
    const check = async ({ path, body }: Asked) => {
      const answer = await ask(method, path, body)
      const type = answer.headers.get('content-type')?.split(';')[0] ?? ''
      if (type === 'text/event-stream') return answer.body?.cancel()
      const text = await answer.text()
      // oEmbed's own answer to a format that it has not
      if (answer.status !== 501 || !path.startsWith('/oembed'))
        expect(answer.status, text.slice(0, 300)).toBeLessThan(500)
      const content = contentAt(operation, answer.status)
      if (text !== '' || content !== undefined) expect(Object.keys(content ?? {}), text.slice(0, 300)).toContain(type)
      const schema = content?.[type]?.schema
      if (!type.endsWith('json') || schema === undefined) return
      const value = JSON.parse(text)
      const isValid = ajv.validate(pointed(schema), value)
      expect(isValid ? [] : ajv.errors).toEqual([])
      expect(Object.keys(value).filter(name => !isTold(schema, name))).toEqual([])
    }
    const requests = requestsOf(path, operation, document, known)
    await fc.assert(fc.asyncProperty(requests, check), { seed: SEED, numRuns: RUNS })
  },
)

/** What a status may have in it; fails for a status that is not described. */
function contentAt({ responses }: Operation, status: number) {
  const response = responses[String(status)]
  expect(Object.keys(responses)).toContain(String(status))
  const shared = response?.$ref?.split('/').at(-1)
  return shared === undefined ? response?.content : document.components.responses[shared]?.content
}

const pointed = (schema: object) => JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api#/'))

/** Whether a member of an answer is described; a schema without members of its own describes any. */
function isTold(schema: { $ref?: string; properties?: object; additionalProperties?: unknown }, name: string): boolean {
  const named = schema.$ref ? document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] : schema
  if (named === undefined || named.properties === undefined || 'additionalProperties' in named) return true
  return name in named.properties
}
