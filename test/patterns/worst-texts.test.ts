import { expect, test } from 'vitest'
import { withoutStop } from '../../client/sources/source-health.ts'
import { quoteIn } from '../../shared/domain/quote.ts'
import { candidatesOf } from '../../workers/config/detect.ts'
import { topicsOf } from '../../workers/feeds/topics.ts'
import { readers } from '../../workers/formats/registry.ts'
import { Settings } from '../../workers/settings.ts'
import { read, readingIn } from '../workers/formats/reading.ts'

/** Long enough that a quadratic pattern would not come to an end within a test's time. */
const MANY = 400_000

test.each([
  ['statuspage', '/api/v2/summary.json', '/api/v2/summary.json?'],
  ['gatus', '/api/v1/endpoints/statuses?page=1&pageSize=1', '/endpoints/statuses?'],
  ['cachet', '/api/v1/incidents?sort=id&order=desc&per_page=100', '/api/incidents?'],
] as const)('%s: an address that names its document without end, in a query', (kind, path, document) => {
  const host = 'https://status.example.com'
  const url = host + document.repeat(MANY / 10)
  expect(readers[kind].address?.(url)).toBe(url)
  expect(readers[kind].address?.(`${host}?${document.repeat(MANY / 10)}#`)).toBe(host + path)
})

test('an address that begins what is looked for again and again', () => {
  const isAtHome = (kind: string, url: string) =>
    candidatesOf(url, readers, 'x').find(({ source }) => source.kind === kind)?.isAtHome ?? false
  const azure = `https://${'azure'.repeat(MANY)}`
  expect([isAtHome('azure-rss', azure), isAtHome('azure-rss', `${azure}/Status/`)]).toEqual([false, true])
  expect(isAtHome('azure-rss', `${azure}?status`)).toBe(false)
  const aws = `https://${'aws'.repeat(MANY)}`
  expect([isAtHome('aws-rss', aws), isAtHome('aws-rss', `${aws}/RSS/ec2.rss`)]).toEqual([false, true])
})

test('an error that is nearly all full stops', () => {
  expect(withoutStop(`timeout. . ${'.'.repeat(MANY)} \n`)).toBe('timeout')
  expect(withoutStop(`${'. '.repeat(MANY)}x`)).toHaveLength(MANY * 2 + 1)
  expect(withoutStop('...')).toBe('')
})

test('an address with slashes at its end', () => {
  expect(Settings.shape.PUBLIC_URL.parse(`https://clouds.example.com${'/'.repeat(900)}`)).toBe(
    'https://clouds.example.com',
  )
})

test('a weakness with a number that does not end', () => {
  expect(topicsOf(`CVE-2026-${'1'.repeat(MANY)} `)).toEqual([])
  expect(topicsOf('CVE-2026-1234567 is mended')).toEqual(['security'])
})

test('a quotation with nothing but spaces behind its verb', () => {
  const quotation = '“All of our regions are well again today” said'
  expect(quoteIn(quotation + ' '.repeat(MANY))).toBeNull()
  expect(quoteIn(`${quotation}  Ada King,  CTO at Contoso.`)).toMatchObject({ name: 'Ada King', company: 'Contoso' })
})

test.each([
  ['@'.repeat(300), '@'.repeat(300)],
  [`${'a@'.repeat(100)}b (Ada Vogel)`, 'Ada Vogel'],
  [`Ada Vogel &lt;${'a@'.repeat(100)}b&gt;`, 'Ada Vogel'],
])('the author of a feed that is %s', async (author, name) => {
  const item = `<item><title>T</title><link>https://x.test/a</link><pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate><author>${author}</author></item>`
  const { articles } = readingIn(
    await read('feed', `<rss version="2.0"><channel><link>https://x.test/</link>${item}</channel></rss>`),
  )
  expect(articles[0]?.author).toMatch(name.slice(0, 100))
})

test('a title of AWS with a wide gap behind its label', async () => {
  const title = `Service disruption:${' '.repeat(20_000)}[RESOLVED] Increased errors${' '.repeat(20_000)}`
  const item = `<item><title>${title}</title><guid>https://status.aws.amazon.com/#ec2-us-east-1_1795510800</guid><pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate><description>Well.</description></item>`
  const { incidents } = readingIn(
    await read('aws-rss', `<rss version="2.0"><channel>${item}</channel></rss>`, { provider: 'aws' }),
  )
  expect(incidents[0]).toMatchObject({ title: 'Increased errors', status: 'resolved' })
})
