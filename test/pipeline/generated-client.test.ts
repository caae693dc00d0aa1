import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import spawn from 'nano-spawn'
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openApiDocument } from '../../server/routes/all.ts'
import type { Document, Parameter } from '../support/openapi-requests.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

const ADMIN = 'an-admin-token-for-a-client'
const document: Document = JSON.parse(JSON.stringify(openApiDocument()))

let stack: Stack
let url: string
let dir: string
beforeAll(async () => {
  stack = await startStack({ story: 'demo', every: '1s', hasTeams: true })
  await stack.ready()
  ;({ url } = await stack.another('server', { ADMIN_TOKEN: ADMIN, VIEW_TOKEN: 'a-view-token-for-a-client' }))
  await stack.ready(url)
  dir = await mkdtemp(path.join(tmpdir(), 'neph-client-'))
  await symlink(fileURLToPath(new URL('../../node_modules', import.meta.url)), path.join(dir, 'node_modules'))
})
afterAll(async () => {
  await stack.close()
  await rm(dir, { recursive: true, force: true })
})

const headers = { Authorization: `Bearer ${ADMIN}` }
const json = async (at: string) => (await fetch(url + at, { headers })).json()

test('a client generated from the document compiles strictly, and reads every route', async () => {
  await until(async () => (await json('/api/incidents')).incidents.length > 0, 'an incident')
  await until(async () => (await json('/api/stacks')).stacks.length > 0, 'the stacks')
  const [source = '', id = ''] = (await json('/api/incidents')).incidents[0].id.split('/')
  const known = {
    source,
    id,
    provider: 'azure',
    code: 'westeurope',
    service: 'aks',
    stack: 'shop',
    file: 'all.json',
    n: '1',
    /** Of oEmbed: a page of this very server. */
    url: `${url}/region/azure/westeurope`,
  }

  const types = astToString(await openapiTS(document as unknown as OpenAPI3)) // what the document is, is tested elsewhere
  await writeFile(path.join(dir, 'api.ts'), types)
  await writeFile(path.join(dir, 'program.ts'), program(known))
  const strict = ['--strict', '--noUncheckedIndexedAccess', '--exactOptionalPropertyTypes', '--skipLibCheck']
  const modules = ['--module', 'esnext', '--moduleResolution', 'bundler', '--target', 'es2023', '--lib', 'es2023,dom']
  const compiled = await spawn(
    'tsc',
    ['--noEmit', '--ignoreConfig', ...strict, ...modules, path.join(dir, 'program.ts')],
    { preferLocal: true },
  ).catch(failure => failure)
  expect(compiled.stdout ?? '').toBe('')

  const bundle = path.join(dir, 'program.mjs')
  await build({
    entryPoints: [path.join(dir, 'program.ts')],
    outfile: bundle,
    bundle: true,
    format: 'esm',
    platform: 'node',
  })
  const { run }: { run(url: string, token: string): Promise<Record<string, number>> } = await import(
    pathToFileURL(bundle).href
  )
  const statuses = await run(url, ADMIN)
  const calls = Object.entries(document.paths).flatMap(([at, methods]) =>
    Object.keys(methods).map(method => `${method} ${at}`),
  )
  expect(Object.keys(statuses).sort()).toEqual(calls.sort())
  const expected: Record<string, number> = {
    'post /pairing': 201,
    'post /api/notices': 201,
    'post /api/screens': 201,
    'post /api/sources/{id}/poll': 202,
    'delete /api/notices/{id}': 204,
    'delete /api/screens/{id}': 204,
    // no picture is made while nobody looks, and a stranger's hook is none
    'get /api/screens/{id}/picture': 404,
    'get /hooks/websub/{source}/{token}': 404,
    'post /hooks/websub/{source}/{token}': 404,
    'post /hooks/statuspage/{source}': 404,
    'post /hooks/statuspage/{source}/{secret}': 404,
    'post /hooks/in/{source}': 404,
    'post /hooks/in/{source}/{secret}': 404,
    // no article here has a picture
    'get /img/{picture}': 404,
    // no letter is dead
    'post /api/deliveries/{id}/replay': 404,
    'delete /api/deliveries/{id}': 404,
    // no key and no session has this id
    'delete /api/keys/{id}': 404,
    'delete /api/sessions/{id}': 404,
    // nobody signs in here
    'get /sign-in': 404,
    'get /sign-in/callback': 404,
    'post /sign-out': 404,
    'post /api/tokens': 201,
    'delete /api/tokens/{id}': 204,
    'post /api/push-subscriptions': 201,
    'delete /api/push-subscriptions/{id}': 204,
  }
  expect(statuses).toEqual(Object.fromEntries(calls.map(call => [call, expected[call] ?? 200])))
})

/** Reads every route by the generated types; what changes something follows in the order in which it makes sense. */
function program(known: Readonly<Record<string, string>>): string {
  const written = Object.entries(document.paths).flatMap(([at, methods]) =>
    Object.entries(methods).flatMap(([method, { parameters, responses }]) => {
      if (method !== 'get' || byHand.test(at)) return []
      const valuesIn = (place: Parameter['in']) => {
        const given = parameters.filter(one => one.in === place && (place === 'path' || isAsked(at, one)))
        const values = given.map(one => [
          one.name,
          place === 'path' || one.name === 'url'
            ? (here[at]?.[one.name] ?? known[one.name] ?? one.example)
            : one.example,
        ])
        return values.length === 0 ? {} : { [place]: Object.fromEntries(values) }
      }
      const asked = JSON.stringify({ params: { ...valuesIn('path'), ...valuesIn('query') } }).slice(0, -1)
      const isJson = 'application/json' in (responses[200]?.content ?? {})
      const parse = isJson ? '' : `, parseAs: '${at === '/api/stream' ? 'stream' : 'text'}'`
      return [`  tell('get ${at}', await client.GET('${at}', ${asked}${parse} }))`]
    }),
  )
  return `import createClient from 'openapi-fetch'
import type { components, paths } from './api'

export async function run(baseUrl: string, token: string): Promise<Record<string, number>> {
  const client = createClient<paths>({ baseUrl, headers: { Authorization: \`Bearer \${token}\` } })
  const statuses: Record<string, number> = {}
  function tell<T extends { response: Response }>(call: string, answer: T): T {
    statuses[call] = answer.response.status
    if (answer.response.body?.locked === false) void answer.response.body.cancel()
    return answer
  }
${written.join('\n')}

  const { data: page } = await client.GET('/api/incidents', { params: { query: { limit: 1, state: 'all' } } })
  const incident: components['schemas']['Incident'] | undefined = page?.incidents[0]
  const worst: 'none' | 'minor' | 'major' | 'critical' | 'maintenance' | undefined = incident?.impact
  const { error } = await client.GET('/api/regions', { params: { query: { provider: 'azur' } } })
  const line: string | undefined = error?.detail
  if (worst === undefined || line !== "provider: 'azur' is not watched here: did you mean azure?") throw new Error(line)

  const posted = tell('post /api/notices', await client.POST('/api/notices', { body: { text: 'hello', level: 'info' } }))
  const notice = { params: { path: { id: posted.data?.notice.id ?? '' } } }
  tell('delete /api/notices/{id}', await client.DELETE('/api/notices/{id}', notice))
  const polled = { params: { path: { id: 'azure-status' } } }
  tell('post /api/sources/{id}/poll', await client.POST('/api/sources/{id}/poll', polled))
  const handled = { params: { path: ${JSON.stringify({ source: known.source, id: known.id })} } }
  const note = { ...handled, body: { what: 'note', by: 'Ada', text: 'seen' } } as const
  tell('post /api/incidents/{source}/{id}/handling', await client.POST('/api/incidents/{source}/{id}/handling', note))

  const letter = { params: { path: { id: '1' } } }
  tell('post /api/deliveries/{id}/replay', await client.POST('/api/deliveries/{id}/replay', letter))
  tell('delete /api/deliveries/{id}', await client.DELETE('/api/deliveries/{id}', letter))
  const made = tell('post /api/tokens', await client.POST('/api/tokens', { body: { name: 'a client', role: 'viewer' } }))
  const named = { params: { path: { id: made.data?.token.id ?? '' } } }
  tell('post /api/tokens/{id}/rotate', await client.POST('/api/tokens/{id}/rotate', named))
  tell('delete /api/tokens/{id}', await client.DELETE('/api/tokens/{id}', named))
  tell('delete /api/keys/{id}', await client.DELETE('/api/keys/{id}', letter))
  tell('delete /api/sessions/{id}', await client.DELETE('/api/sessions/{id}', letter))
  tell('post /sign-out', await client.POST('/sign-out'))
  const keys = { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) }
  const push = { endpoint: 'https://push.example.com/1', keys, about: { stack: 'shop' } } as const
  const pushed = tell('post /api/push-subscriptions', await client.POST('/api/push-subscriptions', { body: push }))
  const subscription = { params: { path: { id: pushed.data?.id ?? '' } } }
  tell('delete /api/push-subscriptions/{id}', await client.DELETE('/api/push-subscriptions/{id}', subscription))

  const { data: pairing } = tell('post /pairing', await client.POST('/pairing'))
  const code = pairing?.code ?? ''
  const secret = { Authorization: \`Bearer \${pairing?.secret}\` }
  const { data } = tell('post /api/screens', await client.POST('/api/screens', { body: { code, name: 'Lobby', place: '' } }))
  tell('get /pairing/{code}', await client.GET('/pairing/{code}', { params: { path: { code } }, headers: secret }))
  const screen = { params: { path: { id: data?.screen.id ?? '' } } }
  tell('get /api/screens', await client.GET('/api/screens'))
  tell('patch /api/screens/{id}', await client.PATCH('/api/screens/{id}', { ...screen, body: { place: 'Floor 2' } }))
  const command = { ...screen, body: { kind: 'identify' } } as const
  tell('post /api/screens/{id}/commands', await client.POST('/api/screens/{id}/commands', command))
  tell('get /api/screens/{id}/picture', await client.GET('/api/screens/{id}/picture', { ...screen, parseAs: 'blob' }))
  tell('delete /api/screens/{id}', await client.DELETE('/api/screens/{id}', screen))

  const hub = { params: { path: { source: 'azure-status', token: 'none' }, query: { 'hub.mode': 'subscribe' } } }
  tell('get /hooks/websub/{source}/{token}', await client.GET('/hooks/websub/{source}/{token}', { ...hub, parseAs: 'text' }))
  tell('post /hooks/websub/{source}/{token}', await client.POST('/hooks/websub/{source}/{token}', { params: { path: hub.params.path } }))
  const hook = { params: { path: { source: 'azure-status' }, query: { secret: 'none' } } }
  tell('post /hooks/statuspage/{source}', await client.POST('/hooks/statuspage/{source}', hook))
  tell('post /hooks/in/{source}', await client.POST('/hooks/in/{source}', { params: { path: { source: 'azure-status' } } }))
  const path = { source: 'azure-status', secret: 'none' }
  tell('post /hooks/in/{source}/{secret}', await client.POST('/hooks/in/{source}/{secret}', { params: { path } }))
  tell('post /hooks/statuspage/{source}/{secret}', await client.POST('/hooks/statuspage/{source}/{secret}', { params: { path } }))
  return statuses
}
`
}

/** What the program asks with secrets, or after it has made what it asks for. */
const byHand = /^\/(?:hooks|pairing|api\/screens)\b/

/** What a name means on these routes alone. */
const here: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '/api/sources/{id}': { id: 'azure-status' },
  '/calendar/{file}': { file: 'status.ics' },
}

/** Numbers are given as numbers; most other parameters may be left out. */
const isAsked = (at: string, { name, required }: Parameter): boolean =>
  required || name === 'limit' || (at === '/api/history' && name !== 'provider')
