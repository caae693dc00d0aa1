import { describe, expect, test } from 'vitest'
import { withoutSecrets } from '../../../workers/config/url-secrets.ts'
import { type Fragment, fragmentsOf, MAX_FRAGMENT_BYTES, textOfFragment } from '../../../workers/formats/fragments.ts'
import { readers } from '../../../workers/formats/registry.ts'
import { formats } from './all-formats.ts'
import { cases, documentsOf, textsOf } from './format-cases.ts'
import { places, read, readingIn } from './reading.ts'

const plain = (fragment: Fragment | undefined): string =>
  fragment === undefined ? '' : textOfFragment(fragment, text => text)

const one = (part: unknown, ...older: unknown[]): Fragment => ({ parts: [part, ...older], isSecond: false })

describe.each(Object.entries(formats))('%s', (name, { kind, provider }) => {
  test.each(cases)('shows for each incident of the case %s what said it', async which => {
    const [body, also, more] = await documentsOf(name, which)
    if (body === undefined) return
    const result = await read(kind, body, { provider, ...textsOf(also, more) })
    if (!result.ok) return
    const { incidents, fragments = new Map<string, Fragment>() } = readingIn(result)
    expect([...fragments.keys()].sort()).toEqual(incidents.map(({ id }) => id).sort())
    for (const { id, title, updates } of incidents) {
      const text = plain(fragments.get(id))
      const words = [title, ...updates.map(update => update.text)].flatMap(said => said.match(/[A-Za-z]{4,}/g) ?? [])
      expect(words.filter(word => text.includes(word)).length, text).toBeGreaterThanOrEqual(
        Math.max(1, words.length / 2),
      )
    }
  })
})

describe('the fragment of a source', () => {
  test('is the JSON object of the incident alone, in the order of its keys', async () => {
    const entry = { zone: 1, id: 'a', name: 'API errors', status: 'investigating', created_at: '2026-11-24T10:00:00Z' }
    const other = { ...entry, id: 'b', name: 'Another' }
    const body = JSON.stringify({ page: {}, incidents: [entry, other], scheduled_maintenances: [], components: [] })
    const { fragments } = readingIn(await read('statuspage', body))
    expect(plain(fragments?.get('src/a'))).toBe(JSON.stringify(entry))
  })

  test('is the XML of the item as it came, its unused parts and CDATA included', async () => {
    const item = `<item foo="1 > 0">
      <title>Storage - West Europe &amp; more</title><!-- <item> --><x:unused xmlns:x="u">kept</x:unused>
      <description><![CDATA[We are <b>investigating</b>. </item>]]></description>
      <pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate></item >`
    const empty = '<rss><channel><title>t</title><item/>'
    const { fragments, incidents } = readingIn(
      await read('azure-rss', `${empty}\n${item}<item><title>b</title></item></channel></rss>`),
    )
    expect(incidents.map(({ id }) => plain(fragments?.get(id)))).toEqual([item])
  })

  test('is every item of the incident, the newest first, where each update is an item', async () => {
    const item = (title: string, at: string) =>
      `<item><title>${title}</title><guid>one</guid><pubDate>Tue, 24 Nov 2026 ${at} GMT</pubDate></item>`
    const items = [item('API down', '10:00:00'), item('Resolved: API down', '11:00:00')]
    const { fragments } = readingIn(await read('rss-status', `<rss><channel>${items.join('')}</channel></rss>`))
    expect([...(fragments ?? [])].map(([, fragment]) => plain(fragment))).toEqual([items.toReversed().join('\n')])
  })

  test('is from the second address where the reader read it there', async () => {
    const [body, also] = await documentsOf('oracle-components', 'open')
    const { fragments } = readingIn(
      await read('oracle-components', body ?? '', { provider: 'oracle', also: `${also}` }),
    )
    expect([...(fragments ?? [])].map(([, { isSecond }]) => isSecond)).toContain(true)
  })

  test('is known of what ended before the first reading', () => {
    const event = { arn: 'arn:aws:health:us-east-1::event/EC2/X/X_1', startTime: 1764000000000, endTime: 1764003600000 }
    const past = { ...event, service_name: 'EC2', region: 'us-east-1', typeCode: 'X', status: 'closed' }
    const answer = { body: new TextEncoder().encode(JSON.stringify([past])), contentType: null }
    const source = {
      id: 'src',
      name: 'S',
      kind: 'aws-events' as const,
      url: '',
      everyMs: 1,
      topics: [],
      provider: 'aws',
    }
    const found = readers['aws-events'].history?.read(answer, { source, places, now: Date.now() })
    const fragments = fragmentsOf(found?.ok ? found.value : [])
    expect([...fragments.values()].map(plain)).toEqual([JSON.stringify(past)])
  })
})

describe('a long fragment', () => {
  const sizeOf = (text: string) => Buffer.byteLength(text)

  test('keeps short members of its object whole, and begin and end of long ones', () => {
    const log = Array.from({ length: 3000 }, (_, n) => ({ n, text: 'é😀' }))
    const text = plain(one({ arn: 'arn:1', log, services: log.toReversed(), last: 'end' }))
    expect(sizeOf(text)).toBeLessThanOrEqual(MAX_FRAGMENT_BYTES)
    expect(sizeOf(text)).toBeGreaterThan(MAX_FRAGMENT_BYTES / 2)
    for (const kept of ['"arn":"arn:1"', '"log":[{"n":0,', '{"n":2999,', '"services":[{"n":2999,', '"last":"end"'])
      expect(text).toContain(kept)
    expect(text).toMatch(/\[… \d+ bytes left out …\]/)
    expect(text).not.toContain('\uFFFD')
  })

  test('of XML keeps its begin and end', () => {
    const text = plain(one(`<item>${'😀'.repeat(9000)}</item>`))
    expect(sizeOf(text)).toBeLessThanOrEqual(MAX_FRAGMENT_BYTES)
    expect(text).toMatch(/^<item>.*bytes left out.*<\/item>$/)
    expect(text).not.toContain('\uFFFD')
  })

  test('leaves out the oldest parts, and says how many', () => {
    const parts = Array.from({ length: 100 }, (_, n) => `<item>${n} ${'x'.repeat(1000)}</item>`)
    const text = plain(one(parts[0], ...parts.slice(1)))
    expect(sizeOf(text)).toBeLessThanOrEqual(MAX_FRAGMENT_BYTES)
    expect(text).toMatch(/^<item>0 .*\n\[\d+ older parts left out\]$/s)
  })

  test.each([
    ['thousands of members', Object.fromEntries(Array.from({ length: 9000 }, (_, n) => [`key${n}`, n]))],
    ['a name of its own length', { ['k'.repeat(40_000)]: 1 }],
    ['a list', Array.from({ length: 9000 }, (_, n) => n)],
    ['nothing', undefined],
  ])('stays within the limit with %s', (_what, part) =>
    expect(sizeOf(plain(one(part)))).toBeLessThanOrEqual(MAX_FRAGMENT_BYTES),
  )
})

describe('a secret', () => {
  const key = 'C4n&ry/"k"é-0123456789'
  const secrets = { KEY: key }
  const strike = (text: string) => withoutSecrets(text, secrets)

  test.each([
    ['plain', key],
    ['percent-encoded', encodeURIComponent(key)],
    ['as an address', encodeURI(key)],
    ['in JSON in JSON', JSON.stringify({ key })],
  ])('that the source repeats %s is in no fragment of JSON', (_how, said) => {
    for (const part of [{ text: `see ${said} there` }, { [`see ${said}`]: 1 }, [said]]) {
      const text = textOfFragment(one(part), strike)
      expect(text).toContain('redacted')
      expect(decodeURIComponent(text)).not.toContain('0123456789')
    }
  })

  test.each([
    key,
    key.replace('&', '&amp;').replaceAll('"', '&quot;'),
    key.replace('&', '&#38;').replace('/', '&#x2F;'),
  ])('that XML repeats as %s is in no fragment', said =>
    expect(textOfFragment(one('<item/>', `<item>${said}</item>`), strike)).toBe('<item/>\n<item>redacted</item>'),
  )

  test('leaves no half where the fragment is cut', () => {
    for (let shift = 0; shift < 40; shift++) {
      const text = 'x'.repeat(8_100 + shift) + key + 'y'.repeat(20_000)
      for (const part of [`<item>${text}`, { id: 1, text, more: text }])
        expect(textOfFragment(one(part), strike)).not.toMatch(/C4n|k\\*"|56789/)
    }
  })
})
