import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { WireFormat } from '../../../shared/domain/source.ts'
import { fixture, read, readingIn, reasonIn } from './reading.ts'

/** The second documents of the formats that have one. */
const heartbeats = await fixture('uptime-kuma-heartbeats.json')
const oracleFeed = await fixture('oracle-incidents.rss.xml')
const seconds = new Map<WireFormat, string>([
  ['oracle-components', oracleFeed],
  ['zendesk', await fixture('zendesk-services.json')],
  ['pagerduty', await fixture('pagerduty-posts.json')],
])
const enums = await fixture('pagerduty-enums.json')

/** Either a reading of valid records, which hold no other links than to the web, without markup, or a failure in one line. */
const isSound = async (kind: WireFormat, body: string | Uint8Array, provider = 'azure') => {
  const also = seconds.get(kind) ?? heartbeats
  const result = await read(kind, body, { provider, also, ...(kind === 'pagerduty' && { more: enums }) })
  if (!result.ok) return void reasonIn(result)
  const told = JSON.stringify(readingIn(result))
  // JSON writes a control and half a character as an escape, but a turned direction as it is
  expect(told).not.toMatch(/<script|\\u00[01]|\\ud[89a-f]|[\u202A-\u202E\u2066-\u2069]/i)
  expect(told).not.toMatch(/"(?:url|image)":"(?!https?:)/i)
}

const poison = [
  '<script>alert(1)</script>',
  'javascript:alert(1)',
  'x\u0000y\u001b[31m',
  '\uD800',
  '\u202Egnp.exe',
  '\u2067a\uDC00\u0085b\u0000',
  '<svg onload=alert(1)>',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:alert(1)',
  ' java\tscript:alert(1)',
  '__proto__',
  '"><img src=x onerror=alert(1)>',
  '9'.repeat(400),
  '-1',
  '1e999',
  '<'.repeat(2000),
  'long '.repeat(20_000),
  null,
  -1,
  1e308,
  true,
  [],
  {},
  [[[]]],
  JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}'),
]

/** The value with the leaf or branch of that number replaced, counted in depth. */
function replaceNth(value: unknown, n: number, by: unknown): unknown {
  let count = 0
  const walk = (node: unknown): unknown => {
    if (count++ === n) return by
    if (Array.isArray(node)) return node.map(walk)
    if (typeof node === 'object' && node !== null) {
      return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, walk(child)]))
    }
    return node
  }
  return walk(value)
}

/** Sound documents of each format, and in whose regions places are looked up. */
const samples: Readonly<Record<WireFormat, readonly (readonly [file: string, provider: string])[]>> = {
  'aws-events': [['aws-events.json', 'aws']],
  'google-incidents': [['google-incidents.json', 'google']],
  statuspage: [
    ['statuspage.json', 'digitalocean'],
    ['incident-io.json', 'azure'],
  ],
  'oracle-components': [['oracle-components.json', 'oracle']],
  instatus: [['instatus.json', 'azure']],
  statusio: [['statusio.json', 'azure']],
  betterstack: [['betterstack.json', 'azure']],
  cachet: [
    ['cachet2.json', 'azure'],
    ['cachet3.json', 'azure'],
  ],
  'uptime-kuma': [['uptime-kuma-page.json', 'azure']],
  gatus: [['gatus.json', 'azure']],
  upptime: [['upptime.json', 'azure']],
  slack: [['slack.json', 'azure']],
  heroku: [['heroku.json', 'azure']],
  'azure-rss': [['azure-open.xml', 'azure']],
  'aws-rss': [['aws.rss.xml', 'aws']],
  'rss-status': [
    ['status-history.rss.xml', 'azure'],
    ['status-history.atom.xml', 'azure'],
  ],
  'azure-devops': [['azure-devops.json', 'azure']],
  'salesforce-trust': [
    ['salesforce-instances.json', 'aws'],
    ['salesforce-active.json', 'aws'],
  ],
  zendesk: [['zendesk-incidents.json', 'azure']],
  pagerduty: [['pagerduty-services.json', 'azure']],
  firehydrant: [['firehydrant.json', 'azure']],
  feed: [
    ['json-feed.json', 'azure'],
    ['rss2.xml', 'azure'],
    ['atom.xml', 'azure'],
    ['rss1.xml', 'azure'],
  ],
  okta: [['okta.html', 'azure']],
  statuspal: [['statuspal.json', 'azure']],
  cstate: [['cstate.json', 'azure']],
  rootly: [['rootly.json', 'azure']],
  m365: [
    ['m365-posts.json', 'azure'],
    ['m365-post.json', 'azure'],
  ],
}
const all = WireFormat.options.flatMap(kind => samples[kind].map(([file, provider]) => [kind, file, provider] as const))
const jsonFormats = all.filter(([, file]) => file.endsWith('.json'))
const markupFormats = all.filter(([, file]) => !file.endsWith('.json'))

describe.each(jsonFormats)('%s (%s)', async (kind, file, provider) => {
  const good: unknown = JSON.parse(await fixture(file))

  test('withstands poison in any one field', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(150), fc.constantFrom(...poison), async (n, by) =>
        isSound(kind, JSON.stringify(replaceNth(good, n, by)), provider),
      ),
      { numRuns: 60 },
    ))

  test('withstands any JSON at all', () =>
    fc.assert(
      fc.asyncProperty(fc.json(), async json => isSound(kind, json, provider)),
      { numRuns: 30 },
    ))
})

describe.each(markupFormats)('%s (%s)', async (kind, file, provider) => {
  const good = await fixture(file)
  const spots = [...good.matchAll(/>[^<>]+</g)].map(match => match.index + 1)
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const words = poison.filter(entry => typeof entry === 'string')

  test('withstands poison in any one text, escaped, in CDATA and bare', () =>
    fc.assert(
      fc.asyncProperty(fc.constantFrom(...spots), fc.constantFrom(...words), fc.nat(2), async (at, word, how) => {
        const text = [escaped(word), `<![CDATA[${word}]]>`, word][how] ?? word
        await isSound(kind, good.slice(0, at) + text + good.slice(good.indexOf('<', at)), provider)
      }),
      { numRuns: 60 },
    ))

  test('withstands being cut, doubled and mangled', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(good.length), fc.nat(good.length), async (a, b) =>
        isSound(kind, good.slice(0, a) + good.slice(b), provider),
      ),
      { numRuns: 40 },
    ))
})

test.each(WireFormat.options)('%s withstands any bytes', kind =>
  fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async bytes => isSound(kind, bytes)),
    { numRuns: 50 },
  ),
)

test('elements with the names of prototypes reach nobody', async () => {
  const tags = ['__proto__', 'constructor', 'toString', '_', 'hasOwnProperty']
  const xml = tags.map(tag => `<${tag}><polluted>1</polluted></${tag}>`).join('')
  const date = '<pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate>'
  const feed = `<rss version="2.0"><channel>${xml}<item><title>T</title><link>https://x.test/</link>${date}${xml}</item></channel></rss>`
  expect(readingIn(await read('feed', feed)).articles).toHaveLength(1)
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
})

test('a list is given up after a hundred entries that cannot be read, and what was read before them counts', async () => {
  const good = { id: 'c', name: 'API', status: 'operational' }
  const page = (bad: number) =>
    JSON.stringify({ page: {}, components: [good, ...Array(bad).fill(1), { ...good, id: 'd' }] })
  const namesAfter = async (bad: number) =>
    readingIn(await read('statuspage', page(bad))).components.map(({ id }) => id)
  expect(await namesAfter(99)).toEqual(['src/c', 'src/d'])
  expect(await namesAfter(100)).toEqual(['src/c'])
})

test.each([
  ['elements', '<item/>'.repeat(1_000_000)],
  ['attributes', `<item ${Array.from({ length: 500_000 }, (_, n) => `a${n}=""`).join(' ')}/>`],
])('XML with %s without end is refused before it is parsed', async (_, items) => {
  const feed = `<rss version="2.0"><channel>${items}</channel></rss>`
  expect(reasonIn(await read('feed', feed))).toBe('the XML has over 200000 elements and attributes, as no feed has')
})
