import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import { request } from 'undici'
import { afterEach, describe, expect, it } from 'vitest'
import type { Served } from './simulator/routes.ts'
import { type Simulator, startSimulator } from './simulator/server.ts'
import type { StepInput } from './simulator/step.ts'
import { loadStory } from './simulator/story.ts'

const road = loadStory(new URL('./simulator/stories/road.yaml', import.meta.url))
const azurePath = '/azure/en-us/status/feed/'
const googlePath = '/google/incidents.json'

let running: Simulator[] = []
afterEach(async () => {
  await Promise.all(running.map(simulator => simulator.close()))
  running = []
})

async function start(options: { clock?: () => number; onServed?: (served: Served) => void } = {}): Promise<Simulator> {
  const simulator = await startSimulator({ story: road, ...options })
  running.push(simulator)
  return simulator
}

async function get(simulator: Simulator, path: string, headers: Record<string, string> = {}) {
  const response = await request(`${simulator.url}${path}`, { headers, bodyTimeout: 10_000, headersTimeout: 10_000 })
  const body = Buffer.from(await response.body.arrayBuffer())
  return { status: response.statusCode, headers: response.headers, body, text: body.toString() }
}

const opened: StepInput = { do: 'open', id: 'x', on: 'azure', title: 'Trouble in UK South', regions: ['uksouth'] }

describe('HTTP', () => {
  it('answers 304 to the ETag that it gave, and 200 again once the world has changed', async () => {
    const simulator = await start({ clock: () => 1_800_000_000_000 })
    const first = await get(simulator, azurePath)
    const etag = String(first.headers.etag)
    const again = await get(simulator, azurePath, { 'if-none-match': etag })
    expect([again.status, again.body.length]).toEqual([304, 0])
    simulator.apply(opened)
    const changed = await get(simulator, azurePath, { 'if-none-match': etag })
    expect(changed.status).toBe(200)
    expect(changed.text).toContain('Trouble in UK South')
  })

  it('answers 304 to the Last-Modified that it gave', async () => {
    const simulator = await start({ clock: () => 1_800_000_000_000 })
    const { headers } = await get(simulator, googlePath)
    const again = await get(simulator, googlePath, { 'if-modified-since': String(headers['last-modified']) })
    expect(again.status).toBe(304)
  })

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
    ['deflate', inflateSync],
  ])('encodes as %s when that is asked for', async (coding, decode) => {
    const simulator = await start()
    const plain = await get(simulator, googlePath)
    const encoded = await get(simulator, googlePath, { 'accept-encoding': coding })
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(encoded.headers['content-encoding']).toBe(coding)
    expect(decode(encoded.body)).toEqual(plain.body)
  })

  it('counts the requests of each source', async () => {
    const simulator = await start()
    await get(simulator, azurePath)
    await get(simulator, azurePath)
    await get(simulator, '/feeds/the-rack.rdf')
    expect(['azure-status', 'the-rack', 'github'].map(simulator.requests)).toEqual([2, 1, 0])
  })

  it('tells which revision of the world a response has shown', async () => {
    const served: Served[] = []
    const simulator = await start({ onServed: one => served.push(one) })
    await get(simulator, azurePath)
    const applied = simulator.apply(opened)
    await get(simulator, azurePath)
    await expect.poll(() => served.length).toBe(2)
    expect(served.map(one => one.revision)).toEqual([applied.revision - 1, applied.revision])
    expect(served.every(one => one.source === 'azure-status' && one.status === 200)).toBe(true)
  })

  it('has a page behind every link of an article and of an incident', async () => {
    const simulator = await start()
    while (simulator.step()?.step.do !== 'schedule') {}
    const feed = JSON.parse((await get(simulator, '/feeds/cloud-gazette.json')).text)
    const page = JSON.parse((await get(simulator, '/statuspage/github/api/v2/summary.json')).text)
    for (const link of [...feed.items.map((item: { url: string }) => item.url), page.incidents[0].shortlink]) {
      const answer = await get(simulator, new URL(link).pathname)
      expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
      expect(answer.text).toContain('Simulated.')
    }
    expect((await get(simulator, '/articles/nothing-of-the-kind')).status).toBe(404)
  })
})

describe('faults', () => {
  const failing = async (as: Extract<StepInput, { do: 'fail' }>['as'], retryAfter?: string) => {
    const simulator = await start()
    simulator.apply({ do: 'fail', source: 'google-status', as, ...(retryAfter ? { retryAfter } : {}) })
    return simulator
  }

  it.each([500, 503, 429])('answers %d, with Retry-After when the story says so', async status => {
    const answer = await get(await failing(status, '20s'), googlePath)
    expect([answer.status, answer.headers['retry-after']]).toEqual([status, '20'])
    expect((await get(await failing(status), googlePath)).headers['retry-after']).toBeUndefined()
  })

  it('fails one source and leaves the others well, until it recovers', async () => {
    const simulator = await failing(503)
    expect((await get(simulator, azurePath)).status).toBe(200)
    simulator.apply({ do: 'recover', source: 'google-status' })
    expect((await get(simulator, googlePath)).status).toBe(200)
  })

  it('never answers a hang, and breaks the connection for a reset', async () => {
    const hanging = await failing('hang')
    const given = request(`${hanging.url}${googlePath}`, { signal: AbortSignal.timeout(200) })
    await expect(given).rejects.toThrow(/timeout/)
    await expect(get(await failing('reset'), googlePath)).rejects.toThrow()
  })

  it.each(['garbage', 'html', 'cut'] as const)('answers 200 with a body that is no JSON for %s', async as => {
    const { status, text } = await get(await failing(as), googlePath)
    expect(status).toBe(200)
    expect(() => JSON.parse(text)).toThrow(SyntaxError)
  })

  it('answers without a byte when empty, and with an empty list when hollow', async () => {
    expect((await get(await failing('empty'), googlePath)).body.length).toBe(0)
    expect((await get(await failing('hollow'), googlePath)).text).toBe('[]')
  })

  it('breaks off in the middle of a truncated body', async () => {
    await expect(get(await failing('truncated'), googlePath)).rejects.toThrow()
  })

  it('drips a body a few bytes at a time', async () => {
    const { url } = await failing('drip')
    const response = await request(`${url}${googlePath}`)
    let first = 0
    for await (const chunk of response.body) {
      first = chunk.length
      break
    }
    expect(first).toBeGreaterThan(0)
    expect(first).toBeLessThan(Number(response.headers['content-length']) / 2)
  })
})

describe('telling', () => {
  it('stands still until it is stepped, then tells one step at a time, in order, to the end', async () => {
    const simulator = await start()
    expect(simulator.applied.every(applied => applied.at < Date.now() - 3_600_000)).toBe(true)
    const told = []
    for (let applied = simulator.step(); applied; applied = simulator.step()) told.push(applied.step)
    expect(told).toEqual(road.steps.map(item => item.step))
    expect(simulator.step()).toBeUndefined()
  })

  it('records the ids by which the wire names what has happened', async () => {
    const simulator = await start()
    while (simulator.step()) {}
    const last = (id: string) => simulator.applied.findLast(({ step }) => 'id' in step && step.id === id)
    expect(last('az')).toMatchObject({ source: 'azure-status', natives: ['storage-outage-in-west-europe'] })
    expect(last('aw')?.natives).toEqual([
      expect.stringMatching(/^arn:aws:health:us-east-1::event\/EC2\//),
      expect.stringMatching(/^arn:aws:health:us-west-2::event\/EC2\//),
    ])
    expect(last('go')?.natives).toEqual([expect.stringMatching(/^[0-9A-Za-z]{20}$/)])
    expect(last('gh')).toMatchObject({ source: 'github', natives: [expect.stringMatching(/^[0-9a-z]{12}$/)] })
  })

  it('gives new ids to what happens in a further round, and lets the round before the last fade', async () => {
    const simulator = await start()
    const roundOf = (round: number) => simulator.applied.filter(applied => applied.round === round)
    for (let count = 0; count < road.steps.length * 3 + 1; count += 1) simulator.step({ loop: true })
    const opened = (round: number) =>
      roundOf(round)
        .filter(({ step }) => step.do === 'open')
        .flatMap(one => one.natives)
    const fresh = opened(1).filter(id => !id.includes('-outage-')) // Azure's guids come back, as the real ones do
    expect(fresh.length).toBeGreaterThan(3)
    for (const id of fresh) expect(opened(0)).not.toContain(id)

    const slugs = simulator.world.feeds.flatMap(feed => feed.articles.map(article => article.slug))
    expect(slugs).toContain('keys-in-a-drawer.2')
    expect(slugs).not.toContain('keys-in-a-drawer.1')
    expect((await get(simulator, '/articles/keys-in-a-drawer.1')).status).toBe(200)
  })

  it('plays in real time, faster when asked, round after round', async () => {
    const simulator = await start()
    simulator.play({ speed: 2000, loop: true })
    await expect.poll(() => simulator.applied.at(-1)?.round, { timeout: 5000 }).toBeGreaterThan(1)
    simulator.pause()
    const told = simulator.applied.filter(applied => applied.round === 1).map(applied => applied.step)
    expect(told).toEqual(road.steps.map(item => item.step))
  })

  it.each<[StepInput, RegExp]>([
    [{ do: 'resolve', id: 'nobody' }, /nothing is called 'nobody': open or schedule it first/],
    [{ do: 'open', id: 'y', on: 'azure', title: 'T', regions: ['atlantis'] }, /azure has no region 'atlantis'/],
    [{ do: 'open', id: 'y', on: 'github', title: 'T', services: ['Teapots'] }, /github has no component 'Teapots'/],
    [{ do: 'open', id: 'y', on: 'digitalocean', title: 'T', services: ['AMS3'] }, /Droplets - AMS3, Spaces - AMS3/],
    [{ do: 'fail', source: 'nowhere' }, /no source 'nowhere'/],
    [{ do: 'publish', feed: 'nowhere', title: 'T', summary: 'S' }, /no feed 'nowhere': the feeds are cloud-gazette/],
    [{ do: 'open', id: 'Not an id', on: 'azure', title: 'T' }, /id: an id is made of a-z, 0-9 and -/],
  ])('refuses %j and leaves the world as it was', async (step, message) => {
    const simulator = await start()
    const { revision } = simulator.world
    expect(() => simulator.apply(step)).toThrow(message)
    expect(simulator.world.revision).toBe(revision)
  })
})
