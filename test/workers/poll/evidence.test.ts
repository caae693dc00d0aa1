// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how addresses refer to the environment
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inflateRawSync } from 'node:zlib'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Incident } from '../../../shared/domain/incident.ts'
import { evidenceIdOf, readFragment, readOrigins } from '../../../shared/redis/evidence.ts'
import { keys } from '../../../shared/redis/keys.ts'
import { ledgerField, readLedger } from '../../../shared/redis/ledger.ts'
import { addSource, bringForward, removeSource, takeDue } from '../../../shared/redis/timetable.ts'
import type { SourceConfig } from '../../../workers/config/source-config.ts'
import { withoutSecrets } from '../../../workers/config/url-secrets.ts'
import { readers } from '../../../workers/formats/registry.ts'
import { webAddress } from '../../../workers/http/address-guard.ts'
import { createHttp } from '../../../workers/http/http.ts'
import { healthEvent, unpolled } from '../../../workers/poll/health.ts'
import { type PollDeps, poll } from '../../../workers/poll/poll.ts'
import { createMeasure } from '../../../workers/probes/measure.ts'
import { type TemporaryRedis, temporaryRedis } from '../../support/temporary-redis.ts'
import { matchServices, places } from '../formats/reading.ts'

let store: TemporaryRedis
let server: Server
let base: string
let answer: (response: ServerResponse, url: string) => void
const http = createHttp({ isPublic: () => true, userAgent: 'test' })
beforeAll(async () => {
  store = await temporaryRedis()
  server = createServer((request, response) => answer(response, request.url ?? ''))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // it listens on TCP
})
afterAll(async () => {
  await http.close()
  server.close()
  await store.close()
})
beforeEach(() => store.redis.flushall())

const onInvalid = (what: string, key: string, why: string) => {
  throw new Error(`${what} ${key}: ${why}`)
}
const DATE = 'Tue, 24 Nov 2026 12:00:00 GMT'

const source = (id: string, more: Partial<SourceConfig> = {}): SourceConfig =>
  ({
    id,
    name: id,
    kind: 'azure-rss',
    url: `${base}/${id}`,
    provider: 'azure',
    everyMs: 60_000,
    topics: [],
    ...more,
  }) as SourceConfig

async function pollOnce(config: SourceConfig, more: Partial<PollDeps> = {}): Promise<string> {
  await addSource(store.redis, unpolled(config), healthEvent(unpolled(config), Date.now()), {
    leaseMs: 15_000,
    delayMs: 0,
  })
  await bringForward(store.redis, [config.id])
  const [due] = await takeDue(store.redis, 1)
  return poll(config, due?.dueAt ?? 0, {
    redis: store.redis,
    http,
    readers,
    measure: createMeasure({ isPublic: () => true, userAgent: 'test' }),
    probeFrom: 'here',
    keepEndedMs: 3650 * 86_400_000,
    evidenceBytes: 1_000_000,
    places,
    services: { match: matchServices, version: 'one' },
    countryOf: () => undefined,
    now: Date.now,
    random: () => 0.5,
    log: pino({ level: 'silent' }),
    onInvalid,
    ...more,
  })
}

const incidents = async () =>
  Object.values(await store.redis.hgetall(keys.incidents)).map(json => Incident.parse(JSON.parse(json)))

/** The entries of the only incident, oldest first, with what is kept of their evidence. */
async function ledger() {
  const [incident] = await incidents()
  if (incident === undefined) throw new Error('there is no incident')
  const entries = (await readLedger(store.redis, incident, onInvalid)).toReversed()
  const fields = entries.map(({ n }) => ledgerField(incident.id, n))
  const origins = await readOrigins(store.redis, fields, onInvalid)
  return Promise.all(
    entries.map(async (entry, index) => {
      const field = fields[index] ?? ''
      return { entry, origin: origins.get(field), fragment: await readFragment(store.redis, field) }
    }),
  )
}

const item = (title: string, text: string) =>
  `<item><title>${title}</title><guid>one</guid><pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate><description>${text}</description></item>`
const feed = (...items: string[]) => `<rss><channel><title>t</title>${items.join('')}</channel></rss>`

describe('each entry of a ledger', () => {
  test('has what the source said then, though it overwrites its own words', async () => {
    const words = ['We look into it.', 'A cable is cut.', 'It is being mended.', 'It holds.', 'Resolved: all is well.']
    for (const [n, text] of words.entries()) {
      answer = response =>
        response
          .setHeader('date', DATE)
          .setHeader('etag', `"${n}"`)
          .end(feed(item('Dark', text)))
      expect(await pollOnce(source('azure'))).toBe('changed')
    }
    const found = await ledger()
    expect(found.map(({ fragment }) => fragment)).toEqual(words.map(text => item('Dark', text)))
    expect(found.map(({ entry }) => entry.evidence)).toEqual(words.map(text => evidenceIdOf(item('Dark', text))))
    expect(found.map(({ origin }) => origin)).toEqual(
      words.map((_, n) => ({ url: `${base}/azure`, date: DATE, etag: `"${n}"`, lastModified: null })),
    )
  })

  test('has none where the source said nothing: it only stopped listing the incident', async () => {
    for (const body of [feed(item('Dark', 'We look into it.')), feed(), feed()]) {
      answer = response => response.end(body)
      await pollOnce(source('azure'))
    }
    const found = await ledger()
    expect(found.map(({ fragment }) => fragment)).toEqual([item('Dark', 'We look into it.'), null])
    expect(found.at(-1)?.entry.evidence).toBeUndefined()
  })

  test('shares the fragment of other entries of the same reading', async () => {
    const update = (id: string, at: string) => ({ id, status: 'investigating', body: `Words ${id}`, display_at: at })
    const updates = [update('b', '2026-11-24T11:00:00Z'), update('a', '2026-11-24T10:00:00Z')]
    const entry = {
      id: 'x',
      name: 'Slow',
      status: 'investigating',
      created_at: '2026-11-24T10:00:00Z',
      incident_updates: updates,
    }
    answer = response => response.end(JSON.stringify({ page: {}, components: [], incidents: [entry] }))
    await pollOnce(source('page', { kind: 'statuspage' }))
    expect((await ledger()).map(({ fragment }) => fragment)).toEqual([JSON.stringify(entry), JSON.stringify(entry)])
    expect(await store.redis.hlen(keys.evidence)).toBe(1)
  })

  test('names the second address where it was read there', async () => {
    const schedule = {
      id: '7',
      type: 'schedules',
      attributes: { name: 'New disks', status: { value: 0 }, scheduled: { string: '2030-01-01 10:00:00' } },
    }
    answer = (response, url) =>
      response
        .setHeader('etag', url.includes('schedules') ? '"second"' : '"first"')
        .end(JSON.stringify({ data: url.includes('schedules') ? [schedule] : [] }))
    await pollOnce(source('cachet', { kind: 'cachet', url: `${base}/api/incidents` }))
    const [found] = await ledger()
    expect(found?.origin).toMatchObject({ etag: '"second"', url: expect.stringContaining('/api/schedules') })
    expect(JSON.parse(found?.fragment ?? '')).toEqual(schedule)
  })

  test('has what the history of the source said, and its address', async () => {
    const startTime = Date.now() - 7_200_000
    const past = {
      arn: 'arn:aws:health:eu-west-1::event/EC2/X/X_1',
      service: 'EC2',
      service_name: 'EC2',
      region: 'eu-west-1',
      startTime,
      endTime: startTime + 1000,
    }
    answer = (response, url) => response.end(url.endsWith('/events') ? JSON.stringify([past]) : '[]')
    await pollOnce(source('aws', { kind: 'aws-events', url: `${base}/public/currentevents`, provider: 'aws' }))
    const [found] = await ledger()
    expect(found?.fragment).toBe(JSON.stringify(past))
    expect(found?.origin?.url).toBe(`${base}/public/events`)
  })
})

describe('evidence goes', () => {
  const many = () =>
    feed(
      ...Array.from(
        { length: 9 },
        (_, n) =>
          `<item><title>Dark ${n}</title><guid>${n}</guid><pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate></item>`,
      ),
    )
  const left = () =>
    Promise.all([keys.evidence, keys.evidenceOrigins, keys.evidenceOrder].map(key => store.redis.exists(key)))

  test('with its incident', async () => {
    answer = response => response.end(feed(item('Dark', 'Resolved: all is well.')))
    await pollOnce(source('azure'))
    answer = response => response.end(feed())
    await pollOnce(source('azure'), { keepEndedMs: 1000, now: () => Date.now() + 3650 * 86_400_000 })
    expect(await incidents()).toEqual([])
    expect(await left()).toEqual([0, 0, 0])
    expect(await store.redis.get(keys.evidenceBytes)).toBe('0')
  })

  test('with its source', async () => {
    answer = response => response.end(many())
    await pollOnce(source('azure'))
    expect(await store.redis.hlen(keys.evidence)).toBe(9)
    await removeSource(store.redis, 'azure', {
      type: 'source.removed',
      at: '2026-11-24T12:00:00Z',
      channels: ['all'],
      data: { id: 'azure' },
    })
    expect(await left()).toEqual([0, 0, 0])
    expect(await store.redis.get(keys.evidenceBytes)).toBe('0')
  })

  test('when others need its room, and the entries stay', async () => {
    answer = response => response.end(many())
    await pollOnce(source('azure'), { evidenceBytes: 1500 })
    expect(Number(await store.redis.get(keys.evidenceBytes))).toBeLessThanOrEqual(1500)
    expect(await store.redis.hlen(keys.evidence)).toBeLessThan(9)
    expect(await incidents()).toHaveLength(9)
    expect(await store.redis.hlen(keys.ledger)).toBe(9)
  })
})

describe('a secret of the address', () => {
  // As it stands in the address: its host reads 'C4nary/"x"&0123456789'.
  const KEY = 'C4nary%2F%22x%22%260123456789'
  const forms = [
    KEY,
    decodeURIComponent(KEY),
    KEY.toLowerCase(),
    JSON.stringify(JSON.stringify(decodeURIComponent(KEY))),
  ]

  /** Everything in the store as text, fragments inflated. */
  async function stored(): Promise<string> {
    const texts: string[] = []
    for (const key of await store.redis.keys('*')) {
      const type = await store.redis.type(key)
      if (type === 'string') texts.push((await store.redis.get(key)) ?? '')
      if (type === 'hash') texts.push(JSON.stringify(await store.redis.hgetall(key)))
      if (type === 'zset') texts.push((await store.redis.zrange(key, '0', '-1')).join('\n'))
      if (type === 'stream') texts.push(JSON.stringify(await store.redis.xrange(key, '-', '+')))
    }
    for (const packed of await store.redis.hvals(keys.evidence))
      texts.push(inflateRawSync(Buffer.from(packed, 'base64')).toString())
    return texts.join('\n')
  }

  function errorOf(work: () => unknown): string {
    try {
      work()
    } catch (error) {
      return (error as Error).message // ours are no other
    }
    return ''
  }

  const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')

  const leaks = (text: string) => text.match(/.{0,40}(?:c4nary|0123456789).{0,20}/gi) ?? []

  test.each(forms)('is nowhere in the store where the source repeats it as %s', async said => {
    const entry = {
      id: 'x',
      name: `Slow at ${said}`,
      status: 'investigating',
      created_at: '2026-11-24T10:00:00Z',
      shortlink: `https://status.example.com/?key=${said}`,
      more: { [said]: [said, { said: JSON.stringify({ said }) }] },
      long: `${'x'.repeat(8100)}${said}${'y'.repeat(30_000)}`,
      incident_updates: [
        {
          id: 'u',
          status: 'investigating',
          body: `<a href="?key=${said}">${said}</a>`,
          display_at: '2026-11-24T10:00:00Z',
        },
      ],
    }
    answer = response =>
      response
        .setHeader('etag', `"${encodeURIComponent(said)}"`)
        .end(JSON.stringify({ page: {}, components: [], incidents: [entry] }))
    const url = `${base}/page/api/v2/summary.json?key=\${KEY}`
    expect(await pollOnce(source('page', { kind: 'statuspage', url, secrets: { KEY } }))).toBe('changed')
    const [found] = await ledger()
    expect(found?.origin?.url).toBe(url)
    expect(found?.fragment).toContain('redacted')
    expect(leaks(await stored())).toEqual([])
  })

  test.each(forms.slice(0, 2))('is nowhere in the store where a text is cut within it, written as %s', async said => {
    const endingAt = (max: number) =>
      Array.from({ length: said.length + 2 }, (_, n) => 'x'.repeat(max - said.length + n))
    const items = [...endingAt(299), ...endingAt(599)].map(
      (words, n) =>
        `<item><title>${words}${escaped(said)} and more</title><link>https://a.test/${n}</link><description>${words}${escaped(said)} and more</description></item>`,
    )
    answer = response => response.end(feed(...items))
    const url = `${base}/news?key=\${KEY}`
    await pollOnce(source('news', { kind: 'feed', url, secrets: { KEY } }))
    expect(await store.redis.hlen(keys.articles)).toBe(items.length)
    expect(leaks(await stored())).toEqual([])
  })

  test('is not in an error that was cut within it', () => {
    for (let pad = 0; pad < 80; pad++) {
      const location = `https://[${'x'.repeat(pad)}/${KEY} and more`
      const reason = withoutSecrets(
        errorOf(() => webAddress(location)),
        { KEY },
      )
      expect(reason).toMatch(/is not a web address$/)
      expect(reason).not.toMatch(/c4nary%2f%22/i) // eight characters of it
    }
  })

  test('is nowhere in the store where XML repeats it', async () => {
    const said = escaped(decodeURIComponent(KEY))
    answer = response => response.end(feed(item(`Dark ${said}`, `<![CDATA[${decodeURIComponent(KEY)}]]> ${KEY}`)))
    const url = `${base}/azure?key=\${KEY}`
    expect(await pollOnce(source('azure', { url, secrets: { KEY } }))).toBe('changed')
    const [found] = await ledger()
    expect(found?.fragment).toContain('<title>Dark redacted</title>')
    expect(leaks(await stored())).toEqual([])
  })
})
