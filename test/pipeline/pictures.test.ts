import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Article } from '../../shared/domain/article.ts'
import { keys } from '../../shared/redis/keys.ts'
import { openPage, startBrowser } from '../support/browser.ts'
import { article, minutesAgo } from '../support/builders.ts'
import { bombImage, drawnImage, noisyImage } from '../support/drawn-images.ts'
import { freePort } from '../support/free-port.ts'
import { passTime } from '../support/pass-time.ts'
import { plainGet } from '../support/plain-get.ts'
import { type Role, startRole } from '../support/role.ts'
import { type TemporaryRedis, temporaryRedis, until } from '../support/temporary-redis.ts'

const IMAGES_MB = 1
const TOKEN = 'a-view-token-for-pictures'
/** Good ones, enough to fill the room more than once. */
const GOOD = 30

type Image = Buffer | RequestListener

let site: Server
let origin: string
const images = new Map<string, Image>()
const asked: string[] = []
let sentBytes = 0

let redis: TemporaryRedis
let dir: string
let workers: Role
let server: Role
let guarded: Role
let [url, guardedUrl] = ['', '']
let browser: Browser

/** Sends bytes for as long as somebody takes them. */
const stream =
  (most: number): RequestListener =>
  (_, response) => {
    response.writeHead(200, { 'Content-Type': 'image/png' })
    response.on('error', () => {})
    let sent = 0
    const send = () => {
      if (sent >= most) return void response.end()
      sent += 1e6
      sentBytes += 1e6
      response.write(Buffer.alloc(1e6, 1), error => error == null && send())
    }
    send()
  }

const hostile: Readonly<Record<string, Image>> = {
  'script.svg': (_, response) =>
    response
      .writeHead(200, { 'Content-Type': 'image/svg+xml' })
      .end('<svg xmlns="http://www.w3.org/2000/svg"><script>hit=1</script></svg>'),
  'svg-called.png': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1/x"/></svg>'),
  'page.png': (_, response) => response.writeHead(200, { 'Content-Type': 'image/png' }).end('<!doctype html><p>hi'),
  'bomb.png': bombImage(60_000, 60_000),
  'long-bomb.png': bombImage(30_000, 30_000, 30_000),
  'forty-megabytes.png': stream(40e6),
  'endless.png': stream(Number.POSITIVE_INFINITY),
  'cut.jpg': Buffer.alloc(0),
  'pixel.gif': Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
  'circle.png': (_, response) => response.writeHead(302, { Location: '/circle.png' }).end(),
  'gone.png': (_, response) => response.writeHead(404).end(),
  'cut-line.png': (_, response) => {
    response.writeHead(200, { 'Content-Length': '100000' })
    response.write('\x89PNG')
    setImmediate(() => response.destroy())
  },
}

const item = (name: string, seconds: number) => `<item><guid>${name}</guid><title>A story of ${name}</title>
  <link>https://news.example.com/${name}</link><pubDate>${new Date(Date.now() - seconds * 1_000).toUTCString()}</pubDate>
  <enclosure url="${origin}/${name}" type="image/png" length="1"/></item>`
/** @param gap between the articles, in seconds: what is old gets no picture where there is no room */
const feed = (names: readonly string[], gap: number): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>${names.map((name, n) => item(name, n * gap)).join('')}</channel></rss>`

beforeAll(async () => {
  const good = Array.from({ length: GOOD }, (_, n) => `good-${n}.jpg`)
  for (const name of good) images.set(`/${name}`, await noisyImage(960, 540))
  for (const [name, image] of Object.entries(hostile)) images.set(`/${name}`, image)
  images.set('/cut.jpg', (await noisyImage(960, 540)).subarray(0, 50_000))
  images.set('/bad.xml', (_, response) => response.end(feed(Object.keys(hostile), 1)))
  images.set('/good.xml', (_, response) => response.end(feed(good, 60)))
  site = createServer((request, response) => {
    asked.push(request.url ?? '')
    const image = images.get(request.url ?? '')
    if (typeof image === 'function') return image(request, response)
    response.end(image)
  }).listen(0, '127.0.0.1')
  await new Promise(resolve => site.once('listening', resolve))
  origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}` // it listens on a port

  redis = await temporaryRedis()
  dir = await mkdtemp(path.join(tmpdir(), 'neph-pictures-'))
  const config = path.join(dir, 'sources.yaml')
  await writeFile(
    config,
    ['bad', 'good']
      .map(id => `  - { id: ${id}, url: '${origin}/${id}.xml', private: true, every: 1s }\n`)
      .reduce((a, b) => a + b, 'feeds:\n'),
  )
  const common = { REDIS_URL: redis.url, NEPHOSCOPE_CONFIG: config }
  workers = startRole('workers', { ...common, IMAGES_MB: String(IMAGES_MB) })
  const [port, guardedPort] = [await freePort(), await freePort()]
  ;[url, guardedUrl] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${guardedPort}`]
  server = startRole('server', { ...common, PORT: String(port) })
  guarded = startRole('server', { ...common, PORT: String(guardedPort), VIEW_TOKEN: TOKEN })
  browser = await startBrowser()
  for (const at of [url, guardedUrl])
    await until(async () => (await fetch(`${at}/readyz`).catch(() => null))?.status === 200, 'the server')
})
afterAll(async () => {
  await browser.close()
  await Promise.all([workers, server, guarded].map(role => role.stop('SIGKILL')))
  site.closeAllConnections()
  site.close()
  await redis.close()
  await rm(dir, { recursive: true, force: true })
})

const stored = async (): Promise<Article[]> =>
  Object.values(await redis.redis.hgetall(keys.articles)).map(text => JSON.parse(text))
const pictured = async () => (await stored()).filter(({ picture }) => picture !== undefined)
const sourceOf = async (id: string) => JSON.parse((await redis.redis.hget(keys.sources, id)) ?? '{}')
/** The most memory that the process ever had, in bytes. @see https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
const peakOf = ({ pid }: Role): number =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024

test('hostile images cost little and none becomes a picture; good ones keep to their room', async () => {
  const everything = [...Object.keys(hostile), ...Array.from({ length: GOOD }, (_, n) => `good-${n}.jpg`)]
  await until(async () => (await stored()).length === everything.length, 'all articles, before any picture is awaited')
  await until(async () => (await sourceOf('bad')).lostPictures?.count === Object.keys(hostile).length, 'what is lost')
  await until(async () => (await pictured()).length >= 3, 'pictures')
  const room = IMAGES_MB * 1024 * 1024
  // The newest have a picture: there is no room for all, and the oldest are not asked for in vain.
  await until(async () => (await redis.redis.get(keys.pictureBytes)) !== null, 'the room to be counted')
  const sizes = (await redis.redis.hvalsBuffer(keys.pictures)).map(({ length }) => length)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(Number(await redis.redis.get(keys.pictureBytes)))
  expect(Number(await redis.redis.get(keys.pictureBytes))).toBeLessThanOrEqual(room)
  for (const { id } of await pictured()) expect(id).toMatch(/^good\//)
  expect(asked.filter(name => name === '/endless.png').length).toBeLessThanOrEqual(2)
  expect(sentBytes).toBeLessThan(60e6)
  console.info(`pictures: the worker had at most ${Math.round(peakOf(workers) / 1024 / 1024)} MB`)
  expect(peakOf(workers)).toBeLessThan(480 * 1024 * 1024)
  expect(workers.ended()).toBeNull()
})

test('a picture is served from our address: as WebP, for ever, and nothing else is there', async () => {
  const [first] = await pictured()
  const { hash } = first?.picture ?? { hash: '' }
  const answer = await fetch(`${url}/img/${hash}-480`)
  expect([answer.status, answer.headers.get('Content-Type')]).toEqual([200, 'image/webp'])
  expect(answer.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable')
  expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff')
  expect(answer.headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'/)
  expect(answer.headers.get('Access-Control-Allow-Origin')).toBeNull()
  const { format, width, exif } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata()
  expect([format, width, exif]).toEqual(['webp', 480, undefined])
  const known = { 'If-None-Match': answer.headers.get('ETag') ?? '' }
  expect(await plainGet(`${url}/img/${hash}-480`, known)).toEqual({ status: 304, bytes: 0 })
  for (const name of [`${hash}-481`, `${hash}-48`, hash, `${hash}-480.png`, `${'0'.repeat(32)}-96`, '..%2f..%2fetc'])
    expect((await fetch(`${url}/img/${name}`)).status, name).toBe(404)
})

test('metrics, the API and the page of sources say how many are lost', async () => {
  const count = Object.keys(hostile).length
  const read = async (address: string) => (await fetch(`${url}${address}`)).text()
  await until(async () => (await read('/metrics')).includes(`nephoscope_pictures{state="lost"} ${count}`), 'the metric')
  const { sources } = JSON.parse(await read('/api/sources'))
  const told = sources.find(({ id }: { id: string }) => id === 'bad').lostPictures
  expect(told).toEqual({ count, why: expect.any(String) })
  const { page } = await openPage(browser, `${url}/sources`)
  await page.getByText(`Without ${count} pictures of its articles`).waitFor()
  await page.context().close()
})

test('a page shows pictures, and asks nobody but us', async () => {
  for (const at of [url, guardedUrl]) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    const requests: string[] = []
    page.on('request', request => requests.push(request.url()))
    const failed: string[] = []
    page.on('response', response => response.status() >= 400 && failed.push(`${response.status()} ${response.url()}`))
    await page.goto(`${at}/news`)
    if (at === guardedUrl) {
      await page.getByLabel(/token/i).first().fill(TOKEN)
      await page.keyboard.press('Enter')
    }
    const image = page.locator('ol article img').first()
    await image.waitFor()
    await image.scrollIntoViewIfNeeded()
    await page.waitForFunction(() => [...document.images].some(({ naturalWidth }) => naturalWidth > 0))
    await page.goto(`${at}/`)
    await page.locator('section[aria-labelledby="news-heading"] h3').waitFor()
    await page.waitForFunction(() => [...document.images].some(({ naturalWidth }) => naturalWidth > 0))
    const foreign = requests.filter(one => !one.startsWith(at) && !one.startsWith('data:') && !one.startsWith('ws'))
    expect(foreign).toEqual([])
    expect(requests.some(one => one.startsWith(`${at}/img/`))).toBe(true)
    // one that made room for others while the page was loading is told of by the event that follows
    const named = (await pictured()).flatMap(({ picture }) => picture?.hash ?? [])
    expect(failed.filter(one => named.some(hash => one.includes(`/img/${hash}`)))).toEqual([])
    await context.close()
  }
})

test('behind a token nobody loads a picture without it', async () => {
  const [first] = await pictured()
  const address = `${guardedUrl}/img/${first?.picture?.hash}-96`
  expect((await fetch(address)).status).toBe(401)
  const answer = await fetch(`${guardedUrl}/api/compact-snapshot`, { headers: { Authorization: `Bearer ${TOKEN}` } })
  const cookie = answer.headers.get('Set-Cookie')?.split(';')[0] ?? ''
  const picture = await fetch(address, { headers: { Cookie: cookie } })
  expect([picture.status, picture.headers.get('Cache-Control')]).toEqual([200, 'private, max-age=31536000, immutable'])
  expect((await fetch(`${guardedUrl}/api/stats`, { headers: { Cookie: cookie } })).status).toBe(401)
})

test('a worker that is killed again and again loses no picture and tells none twice', async () => {
  const names = Array.from({ length: 12 }, (_, n) => `late-${n}.png`)
  for (const [n, name] of names.entries()) images.set(`/${name}`, await drawnImage(200, 120, n))
  images.set('/good.xml', (_, response) => response.end(feed(names, 1)))
  const isLate = ({ url: link }: Article) => link.includes('/late-')
  for (let kill = 0; kill < 3; kill++) {
    await until(async () => (await pictured()).filter(isLate).length >= kill * 2, 'more pictures')
    await workers.stop('SIGKILL')
    // the second try of an image comes after a minute, the third after an hour
    await passTime(redis.redis, 3_600_000)
    workers.start()
  }
  await until(async () => (await pictured()).filter(isLate).length === names.length, 'all pictures', 150)
  const told = (await redis.redis.xrange(keys.events, '-', '+')).map(([, [, text]]) => JSON.parse(text ?? ''))
  const late = told.filter(
    ({ type, data }) => type.startsWith('article.') && isLate(data) && data.picture !== undefined,
  )
  expect(late.map(({ data }) => data.id).toSorted()).toEqual([...new Set(late.map(({ data }) => data.id))].toSorted())
}, 300_000)

test('a worker that may not read private addresses fetches no image from there', async () => {
  await workers.stop()
  await redis.redis.flushall()
  const inside = article('news/inside', { image: `${origin}/good-0.jpg`, publishedAt: minutesAgo(1) })
  const event = { type: 'article.published', at: minutesAgo(0), channels: ['news'], data: inside }
  const config = path.join(dir, 'other.yaml')
  await writeFile(config, `feeds:\n  - { id: news, url: 'http://127.0.0.1:1/feed', every: 1s }\n`)
  const before = asked.length
  const strict = startRole('workers', { REDIS_URL: redis.url, NEPHOSCOPE_CONFIG: config })
  try {
    await until(async () => (await redis.redis.exists(keys.schema)) === 1, 'the worker')
    await redis.redis.hset(keys.articles, inside.id, JSON.stringify(inside))
    await redis.redis.xadd(keys.events, '*', 'event', JSON.stringify(event))
    await until(async () => (await redis.redis.hget(keys.lostPictures, 'news')) !== null, 'the refusal')
    expect(await redis.redis.hget(keys.lostPictures, 'news')).toMatch(/private address/)
    expect(asked.length).toBe(before)
  } finally {
    await strict.stop('SIGKILL')
  }
})
