import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { type Card, type CardFacts, cardLink, cardOf, cardWords, versionOf } from '../../../server/outward/card.ts'
import { cardPictures } from '../../../server/outward/card-pictures.ts'
import { cardColours, cardSvg } from '../../../server/outward/card-svg.ts'
import { loadType } from '../../../server/outward/typeface.ts'
import { parseChannel } from '../../../shared/domain/channels.ts'
import type { Incident } from '../../../shared/domain/incident.ts'
import type { Status } from '../../../shared/domain/status.ts'
import { emptyView } from '../../../shared/domain/view.ts'
import { provider } from '../../client/builders.ts'
import { incident, minutesAgo, NOON, region, source, stackFacts } from '../../support/builders.ts'

const east = region('aws/us-east-1', { name: 'US East (N. Virginia)', city: 'Ashburn', country: 'US' })
const west = region('aws/us-west-2', { name: 'US West (Oregon)', city: 'Boardman', country: 'US' })
const errors = incident('aws-status/a', {
  provider: 'aws',
  title: 'Increased error rates',
  regions: [east.id],
  impact: 'major',
  status: 'identified',
  saidAt: minutesAgo(38),
  startedAt: minutesAgo(38),
})
const log = { warn: () => undefined }
const hostile = `</svg><script>alert(1)</script><image href="http://evil.example/x.png"/>&xxe;<!--\u0000\u202e'"`

function facts(incidents: readonly Incident[] = [errors], more: Partial<CardFacts> = {}): CardFacts {
  const view = emptyView()
  view.sources.set('aws-status', source('aws-status', { provider: 'aws' }))
  for (const one of incidents) view.incidents.set(one.id, one)
  const status = (id: string, status: Status, since: string | null) =>
    view.statuses.set(id, {
      region: id,
      status,
      since,
      incidents: [],
      services: [],
      serviceCount: 0,
      whole: null,
      freshness: 'live',
      lastKnown: null,
    })
  status(east.id, 'partial_outage', minutesAgo(38))
  status(west.id, 'operational', null)
  return {
    view,
    catalogue: {
      providers: new Map([['aws', provider('aws', 'AWS')]]),
      regions: new Map([east, west].map(one => [one.id, one])),
    },
    workersAt: minutesAgo(0),
    now: NOON,
    stackFacts: stackFacts({ id: 'shop', name: 'Shop', uses: [{ kind: 'region', region: east.id }] }),
    names: { services: new Map(), vendors: new Map() },
    incident: incidents[0],
    ...more,
  }
}

function cardAt(channel: string, known = facts()): Card | null {
  const parts = parseChannel(channel)
  if (!parts.ok) throw new Error(parts.error)
  return cardOf(parts.value, known)
}

const channels = ['all', 'region/aws/us-east-1', 'provider/aws', 'incident/aws-status/a', 'stack/shop']

describe('what a card says', () => {
  test.each([
    ['all', '1 of 2 cloud regions: partial outage. All others are operational.'],
    ['region/aws/us-east-1', 'AWS us-east-1: partial outage, since 24 Nov 2026, 11:22 UTC. Increased error rates'],
    ['region/aws/us-west-2', 'AWS us-west-2: operational. Boardman, US'],
    ['provider/aws', 'AWS: partial outage, since 24 Nov 2026, 11:22 UTC. Increased error rates'],
    [
      'incident/aws-status/a',
      'AWS us-east-1: partial outage, identified, since 24 Nov 2026, 11:22 UTC. Increased error rates',
    ],
    ['stack/shop', 'Shop: partial outage, since 24 Nov 2026, 11:22 UTC. Increased error rates'],
  ])('%s: %s', (channel, words) => {
    const card = cardAt(channel)
    expect(card && cardWords(card)).toBe(words)
  })

  test('an incident that is over, planned, or that nobody watches any more says so', () => {
    const told = (one: Incident, more: Partial<CardFacts> = {}) => cardAt('incident/aws-status/a', facts([one], more))
    expect(told({ ...errors, status: 'resolved', resolvedAt: minutesAgo(5) })).toMatchObject({
      status: 'operational',
      state: 'Resolved',
      since: '24 Nov 2026, 11:55 UTC',
    })
    const planned = { ...errors, kind: 'maintenance' as const, status: 'scheduled' as const }
    expect(told({ ...planned, scheduledFor: minutesAgo(-60) })).toMatchObject({
      status: 'under_maintenance',
      state: 'Scheduled',
      since: 'begins 24 Nov 2026, 13:00 UTC',
    })
    expect(told(errors, { workersAt: minutesAgo(30) })).toMatchObject({
      status: 'unknown',
      state: 'Last known: partial outage',
    })
    expect(told({ ...errors, saidAt: null })?.since).toBe('first read 24 Nov 2026, 11:22 UTC')
    expect(told({ ...errors, regions: [east.id, west.id, 'aws/x'] })?.place).toBe('AWS us-east-1 and 2 more')
  })

  test('what is not known has none', () => {
    for (const channel of ['region/aws/nowhere', 'provider/nobody', 'stack/none', 'news', 'topic/ai', 'country/nl'])
      expect(cardAt(channel), channel).toBeNull()
    expect(cardAt('incident/aws-status/a', facts([]))).toBeNull()
    const unwatched = facts()
    unwatched.view.sources.clear()
    expect(cardAt('region/aws/us-east-1', unwatched)).toBeNull()
  })

  test('no private word is on any card', () => {
    const word: Incident = { ...errors, title: 'A word to our account', impact: 'critical', isPrivate: true }
    const known = facts([word])
    expect(cardAt('incident/aws-status/a', known)).toBeNull()
    for (const channel of channels) {
      const said = JSON.stringify(cardAt(channel, known))
      expect(said, channel).not.toMatch(/our account|[Mm]ajor outage/)
    }
  })

  test('its address changes when it says something else, and only then', () => {
    const link = (one: Incident) => cardLink('incident/aws-status/a', facts([one]))
    expect(link(errors)?.path).toMatch(/^\/card\/incident\/aws-status\/a\.png\?v=[\w-]{16}$/)
    expect(link({ ...errors, updatedAt: minutesAgo(1) })).toEqual(link(errors))
    expect(link({ ...errors, impact: 'critical' })?.path).not.toBe(link(errors)?.path)
  })
})

describe('how a card is drawn', async () => {
  const type = await loadType()
  const said: Card = {
    status: 'partial_outage',
    state: 'Partial outage',
    since: 'since 24 Nov 2026, 14:02 UTC',
    place: 'AWS us-east-1',
    title: 'Increased error rates',
    simulated: false,
  }
  const drawn = (more: Partial<Card>) => cardSvg({ ...said, ...more }, 'shop', type)

  test('every kind is a PNG of 1200 by 630 of at most 100 kB', async () => {
    const pictures = cardPictures({ now: () => NOON, log })
    for (const channel of channels) {
      const card = cardAt(channel)
      if (card === null) throw new Error(channel)
      const picture = await pictures(versionOf(card), card, 'x')
      if (!Buffer.isBuffer(picture)) throw new Error(`${channel}: ${picture}`)
      expect(await sharp(picture).metadata()).toMatchObject({ format: 'png', width: 1200, height: 630 })
      expect(picture.length).toBeLessThan(100_000)
    }
  })

  test('hostile words are shapes and nothing else', () => {
    const svg = drawn({ title: hostile, place: hostile, state: hostile, since: hostile })
    expect(svg).not.toMatch(/script|image|href|text|&|<!/)
    const tagsOf = (drawing: string) => new Set(drawing.replace(/ (?:d|x|y)="[MLQCZ\d.\s-]*"/g, '').match(/<[^>]*>/g))
    expect(tagsOf(svg)).toEqual(tagsOf(drawn({})))
  })

  test('words without shapes in our type never become boxes: place and state say what they can', () => {
    expect(drawn({ title: 'ストレージの遅延' })).toBe(drawn({ title: null }))
    expect(drawn({ title: 'Замедление' })).toBe(drawn({ title: null }))
    expect(drawn({ place: '店舗' })).toBe(drawn({ place: 'shop' }))
    expect(drawn({ title: '🔥 Increased error\u202e rates 🔥' })).toBe(drawn({}))
    expect(drawn({ title: 'Łódź: opóźnienia' })).not.toBe(drawn({ title: null }))
  })

  test('words longer than the card end within it', async () => {
    for (const long of ['W'.repeat(400), 'many words '.repeat(60)]) {
      const svg = drawn({ title: long, place: long, state: long, since: long })
      const right = [...svg.matchAll(/[MLQ ]([\d.]+) [\d.]+/g)].map(([, x]) => Number(x))
      expect(Math.max(...right)).toBeLessThanOrEqual(1200)
    }
  })

  test('its colours are those of the dark page', async () => {
    const theme = await readFile(new URL('../../../client/theme.css', import.meta.url), 'utf8')
    for (const [status, colour] of Object.entries(cardColours)) {
      const [, dark] = new RegExp(`--${status.replace('_', '-')}: light-dark\\(#\\w+, (#\\w+)\\)`).exec(theme) ?? []
      expect(colour, status).toBe(dark)
    }
  })
})

describe('how many are drawn and kept', () => {
  const card = cardAt('region/aws/us-east-1')
  if (card === null) throw new Error('no card')

  test('what was drawn is kept, what is asked for twice is drawn once, and a second has room for few', async () => {
    let second = 0
    const pictures = cardPictures({ now: () => second * 1000, log })
    const ask = (n: number) => pictures(`v${n}`, { ...card, place: `AWS ${n}` }, 'x')
    const [one, same] = await Promise.all([ask(1), ask(1)])
    expect(same).toBe(one)
    const asked = await Promise.all([2, 3, 4, 5, 6, 7].map(ask))
    expect(asked.map(picture => (Buffer.isBuffer(picture) ? 'drawn' : picture))).toEqual([
      ...Array(4).fill('drawn'),
      'busy',
      'busy',
    ])
    expect(await ask(1)).toBe(one)
    second += 1
    expect(Buffer.isBuffer(await ask(6))).toBe(true)
  })

  test('what is kept has a bound', async () => {
    let second = 0
    const pictures = cardPictures({ now: () => ++second * 1000, log, maxKeptBytes: 60_000 })
    for (let n = 0; n < 6; n += 1) await pictures(`v${n}`, { ...card, place: `AWS ${n}` }, 'x')
    expect(pictures.keptBytes()).toBeGreaterThan(0)
    expect(pictures.keptBytes()).toBeLessThanOrEqual(60_000)
  })
})
