import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fetchAnswer } from '../../../workers/formats/answer.ts'
import { createHttp } from '../../../workers/http/http.ts'

const http = createHttp({ isPublic: () => true, userAgent: 'test' })
let server: Server
let base: string
const statuses = new Map([
  ['/broken', 503],
  ['/missing', 404],
])
const conditions: (string | undefined)[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    conditions.push(request.headers['if-none-match'])
    response.writeHead(statuses.get(request.url ?? '') ?? 200).end(request.url)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // it listens on TCP
})
afterAll(async () => {
  await http.close()
  server.close()
})

const asked = (path: string, also: string | undefined, more?: string) => {
  const request = {
    url: base + path,
    accept: '*/*',
    timeoutMs: 5_000,
    isPrivate: true as const,
    etag: '"known"',
    lastModified: null,
  }
  const at = (other: string | undefined) => (other === undefined ? undefined : base + other)
  return fetchAnswer(request, { also: at(also), more: () => at(more) }, http)
}
const textOf = (answer: { body: Uint8Array } | undefined) => new TextDecoder().decode(answer?.body)

it('one document is asked for with what is known of it', async () => {
  conditions.length = 0
  const answer = await asked('/page', undefined)
  expect(answer.kind === 'fresh' && textOf(answer)).toBe('/page')
  expect(conditions).toEqual(['"known"'])
})

it('two documents are both asked for whole, and come as one answer', async () => {
  conditions.length = 0
  const answer = await asked('/page', '/beats')
  expect(answer.kind === 'fresh' && [textOf(answer), textOf(answer.also)]).toEqual(['/page', '/beats'])
  expect(conditions).toEqual([undefined, undefined])
})

it.each([
  ['/broken', '/beats'],
  ['/page', '/broken'],
])('where one of %s and %s fails, all has failed', async (path, also) =>
  expect(await asked(path, also)).toMatchObject({ kind: 'failed', status: 503 }),
)

it('what the answers call for comes with them, asked for whole', async () => {
  conditions.length = 0
  const answer = await asked('/page', undefined, '/all')
  expect(answer.kind === 'fresh' && [textOf(answer), textOf(answer.more)]).toEqual(['/page', '/all'])
  expect(conditions).toEqual(['"known"', undefined])
})

it('a host may lack what the answers call for, but must not fail to give it', async () => {
  const answer = await asked('/page', '/beats', '/missing')
  expect(answer.kind === 'fresh' && [textOf(answer), textOf(answer.also), answer.more]).toEqual([
    '/page',
    '/beats',
    undefined,
  ])
  expect(await asked('/page', undefined, '/broken')).toMatchObject({ kind: 'failed', status: 503 })
})
