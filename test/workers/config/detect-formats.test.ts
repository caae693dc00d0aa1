import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadCatalogue } from '../../../shared/regions/catalogue.ts'
import { detect } from '../../../workers/config/detect.ts'
import { readers } from '../../../workers/formats/registry.ts'
import { createHttp } from '../../../workers/http/http.ts'
import { placeMatcher } from '../../../workers/places/places.ts'
import { NOON } from '../../support/builders.ts'
import { formats } from '../formats/all-formats.ts'
import { documentsOf } from '../formats/format-cases.ts'

/** Where the formats stand that are looked for only in such places; the others stand at `/<format>`. */
const homes = new Map([
  ['azure-rss', '/azure/status/feed'],
  ['aws-events', '/public/currentevents'],
  ['aws-rss', '/aws/rss/all.rss'],
  ['google-incidents', '/google/incidents.json'],
  ['uptime-kuma', '/status/main'],
  ['m365', '/api/posts/mac'],
  ['azure-devops', '/_apis/status/health'],
  ['salesforce-trust', '/v1/instances/status/preview'],
  ['zendesk', '/api/ssp/incidents.json'],
])

const shown = Object.entries(formats).flatMap(([format, { kind, cases }]) =>
  (['operational', 'open'] as const)
    .filter(name => !('cannot' in cases[name]))
    .map(name => ({ format, kind, name, path: homes.get(format) ?? `/${format}` })),
)
type Shown = (typeof shown)[number]

describe('served by a host', async () => {
  const catalogue = await loadCatalogue(new URL('../../../shared/regions/', import.meta.url))
  const http = createHttp({ userAgent: 'test' })
  const places = placeMatcher(catalogue.regions.values())
  const deps = {
    http,
    isPrivate: true,
    readers,
    places,
    providers: new Set(catalogue.providers.keys()),
    vendors: new Map(),
    now: NOON,
  }
  const served = new Map<string, Buffer>()
  let server: Server
  let host: string

  beforeAll(async () => {
    server = createServer((request, response) => {
      const document = served.get(request.url ?? '')
      response.writeHead(document === undefined ? 404 : 200).end(document)
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    host = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // it listens on TCP
  })
  afterAll(async () => {
    await http.close()
    server.closeAllConnections()
    server.close()
  })

  /** What is found, as its kind or why not. */
  async function kindOf({ format, kind, name, path }: Shown): Promise<string> {
    const url = host + path
    const [body, also, more] = await documentsOf(format, name)
    if (body === undefined) throw new Error(`test/fixtures/formats/${format} has no ${name}`)
    served.clear()
    served.set(readers[kind].address(url).slice(host.length), body)
    if (also) served.set(readers[kind].also?.(url)?.slice(host.length) ?? '', also)
    const answer = { body, contentType: null, ...(also && { also: { body: also, contentType: null } }) }
    if (more) served.set(readers[kind].more?.(url, answer)?.slice(host.length) ?? '', more)
    const found = await detect(url, deps)
    return found.ok ? (found.value.split(':')[0] ?? '') : found.error
  }

  const isQuietSlack = ({ format, name }: Shown): boolean => format === 'slack' && name === 'operational'

  test.each(shown.filter(one => !isQuietSlack(one)))('$format, $name, is found to be $kind', async one =>
    expect(await kindOf(one)).toBe(one.kind),
  )

  test.each(shown.filter(isQuietSlack))(
    '$format, $name, holds nothing by which to tell it away from its home',
    async one =>
      expect(await kindOf(one)).toMatch(/ {2}slack at .*: the answer may be in this format, but it is empty/),
  )
})
