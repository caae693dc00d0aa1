import { type Abuse, abuse, page } from './abuse.ts'
import {
  article,
  awsEvent,
  goodPages,
  googleIncident,
  item,
  PUB_DATE,
  pageComponent,
  pageIncident,
  rss,
} from './good-pages.ts'

const SCRIPT = '<script>alert(1)</script><img src=x onerror=alert(1)>'
const poison =
  (word: string) =>
  (value: unknown): unknown =>
    typeof value === 'string' ? `${value}${word}` : value
const poisoned = (record: object, word: string) =>
  Object.fromEntries(
    Object.entries(record).map(([key, value]) => [
      key,
      /^(date|begin|created_at)$/.test(key) ? value : poison(word)(value),
    ]),
  )
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const json = (value: unknown) => page(JSON.stringify(value))
const feed = (inside: string, headers = '') => page(rss(inside), headers)
const bytes = (...parts: (string | number[])[]) => Buffer.concat(parts.map(part => Buffer.from(part as string)))
const repeated = (piece: string, total: number) => piece.repeat(Math.floor(total / piece.length))

const notThatFormat: Abuse[] = [
  abuse(
    'page-for-json',
    'statuspage',
    /a web page where a Statuspage has its summary/,
    page('<!doctype html><p>Sign in'),
  ),
  abuse('page-for-a-feed', 'feed', /a web page, a feed was expected/, page('<!DOCTYPE html><html><p>Sign in')),
  abuse('json-for-rss', 'azure-rss', /neither RSS nor Atom/, page('{"error":"no"}')),
  abuse('nothing-for-json', 'aws-events', /no JSON/, page('')),
  abuse('nothing-for-a-feed', 'feed', /neither RSS nor Atom/, page('')),
  abuse('null-for-json', 'google-incidents', /no JSON array/, page('null')),
  abuse(
    'picture-for-a-feed',
    'feed',
    /neither RSS nor Atom/,
    page(bytes([0x89], 'PNG', [13, 10, 26, 10, 0, 0, 0, 13])),
  ),
]

const xml: Abuse[] = [
  abuse(
    'entity-bomb',
    'feed',
    /declares entities/,
    page(`<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>${rss('&b;')}`),
  ),
  abuse(
    'entity-from-outside',
    'azure-rss',
    /declares entities/,
    page(`<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${rss('&a;')}`),
  ),
  abuse('xml-nested-100000-deep', 'feed', /nested over 100 levels/, feed('<a>'.repeat(100_000))),
  abuse('html-nested-100000-deep', 'feed', 1, feed(article(`News${escaped('<div>').repeat(100_000)}`))),
  abuse('cdata-without-end', 'feed', /cut short/, feed('<![CDATA[')),
  abuse(
    'elements-named-after-prototypes',
    'feed',
    1,
    feed(article('News', '<__proto__><a>1</a></__proto__><constructor/>')),
  ),
  abuse('ids-all-the-same', 'feed', 1, feed(article('News', '<guid>1</guid>').repeat(500))),
  abuse(
    'year-275760',
    'feed',
    1,
    feed('<item><title>N</title><link>https://x.example</link><pubDate>+275760-09-13T00:00:00Z</pubDate></item>'),
  ),
  abuse(
    'year-0',
    'azure-rss',
    /none of the 1 items can be read/,
    feed('<item><title>N</title><pubDate>Sat, 01 Jan 0000 00:00:00 GMT</pubDate></item>'),
  ),
  abuse(
    'dates-of-words',
    'feed',
    1,
    feed('<item><title>N</title><link>https://x.example</link><pubDate>NaN</pubDate></item>'),
  ),
  abuse(
    'javascript-for-a-link',
    'feed',
    /none of the feed's 1 items can be read/,
    feed(item('<title>N</title><link>javascript:alert(1)</link>')),
  ),
  abuse(
    'data-for-a-link',
    'feed',
    /none of the feed's 1 items can be read/,
    feed(item('<title>N</title><link>data:text/html,&lt;script&gt;alert(1)&lt;/script&gt;</link>')),
  ),
  abuse(
    'javascript-for-a-picture',
    'feed',
    1,
    feed(article('News', '<enclosure type="image/png" url="javascript:alert(1)"/>')),
  ),
  abuse(
    'script-in-every-field',
    'feed',
    1,
    feed(
      article(
        `News ${escaped(SCRIPT)}`,
        `<description>${escaped(SCRIPT)}</description><author>${escaped(SCRIPT)}</author><category>${escaped(SCRIPT)}</category><guid>${escaped(SCRIPT)}</guid>`,
      ),
    ),
  ),
  abuse(
    'script-escaped-three-times',
    'azure-rss',
    1,
    feed(item(`<title>Errors ${escaped(escaped(escaped(SCRIPT)))}</title>`)),
  ),
  abuse('title-of-five-megabytes', 'feed', 1, feed(article(repeated('News ', 5e6)))),
  abuse('a-million-items', 'feed', /over 200000 elements and attributes/, feed('<item/>'.repeat(1_000_000)), {
    heavy: true,
  }),
  abuse(
    'half-a-million-attributes',
    'feed',
    /over 200000 elements and attributes/,
    feed(`<item ${Array.from({ length: 500_000 }, (_, n) => `a${n}="1"`).join(' ')}/>`),
    { heavy: true },
  ),
]

const characters: Abuse[] = [
  abuse('nul-bytes', 'azure-rss', 1, feed(item('<title>Err\0ors</title>'))),
  abuse(
    'invalid-utf-8',
    'feed',
    1,
    page(
      bytes(
        `<rss><channel><item>${PUB_DATE}<link>https://x.example</link><title>N`,
        [0xff, 0xc3, 0x28, 0xf8],
        '</title></item></channel></rss>',
      ),
    ),
  ),
  abuse(
    'lone-surrogates',
    'statuspage',
    1,
    page(
      String.raw`{"page":{},"components":[{"id":"c","name":"API \ud800\udfff\udfff \ud800","status":"operational"}]}`,
    ),
  ),
  abuse('lone-surrogates-by-number', 'feed', 1, feed(article('News &#xD800; &#0; &#x110000;'))),
  abuse('text-that-turns-around', 'feed', 1, feed(article('gpj.\u202egnp \u2066News'))),
  abuse('charset-that-is-wrong', 'feed', 1, feed(article('N\u00e9ws'), 'Content-Type: text/xml; charset=koi8-r\r\n')),
  abuse('charset-that-is-none', 'feed', 1, feed(article('News'), 'Content-Type: text/xml; charset="\\"; x="\r\n')),
  abuse(
    'charset-against-its-mark',
    'aws-events',
    1,
    page(
      bytes([0xff, 0xfe], [...Buffer.from(goodPages['aws-events'], 'utf16le')]),
      'Content-Type: application/json; charset=utf-8\r\n',
    ),
  ),
  abuse('mark-of-utf-16-before-utf-8', 'aws-events', /no JSON/, page(bytes([0xfe, 0xff], goodPages['aws-events']))),
  abuse('two-marks', 'feed', 1, page(`\ufeff\ufeff${goodPages.feed}`)),
]

const records: Abuse[] = [
  abuse(
    'json-nested-100000-deep',
    'statuspage',
    /none of the 1 components can be read/,
    page(`{"page":{},"components":${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
  ),
  abuse('json-cut-in-its-depth', 'aws-events', /no JSON/, page('['.repeat(100_000))),
  abuse('nan-and-infinity', 'google-incidents', /no JSON/, page('[NaN, Infinity]')),
  abuse(
    'numbers-beyond-numbers',
    'aws-events',
    /none of the 1 events/,
    page('[{"arn":"a","date":1e999,"summary":"x","status":-1e999}]'),
  ),
  abuse('numbers-as-strings', 'aws-events', 1, json([{ ...awsEvent, date: '1795168800', status: 3 }])),
  abuse('strings-as-numbers', 'statuspage', 1, json({ page: {}, components: [{ id: 7, name: 7, status: 7 }] })),
  abuse('lists-that-are-null', 'statuspage', 0, json({ page: {}, components: null, incidents: null })),
  abuse(
    'lists-that-are-none',
    'google-incidents',
    1,
    json([{ ...googleIncident, updates: { length: 1e9 }, affected_products: 'x' }]),
  ),
  abuse('all-of-the-wrong-type', 'aws-events', /none of the 4 events/, json([[], 1, 'x', null])),
  abuse(
    'keys-of-prototypes',
    'statuspage',
    1,
    page(
      `{"__proto__":{"polluted":1},"page":{},"constructor":{"prototype":{"polluted":1}},"components":[{"__proto__":{"group":true},"id":"__proto__","name":"constructor","status":"toString"}]}`,
    ),
  ),
  abuse('ids-all-the-same-in-json', 'google-incidents', 1, json(Array(500).fill(googleIncident))),
  abuse(
    'year-275760-in-json',
    'statuspage',
    /none of the 1 incidents can be read/,
    json({ page: {}, incidents: [{ ...pageIncident, created_at: '+275760-09-13T00:00:00.000Z' }] }),
  ),
  abuse(
    'script-in-every-field-of-json',
    'statuspage',
    2,
    json({ page: {}, components: [poisoned(pageComponent, SCRIPT)], incidents: [poisoned(pageIncident, SCRIPT)] }),
  ),
  abuse(
    'javascript-for-a-link-in-json',
    'statuspage',
    1,
    json({ page: {}, incidents: [{ ...pageIncident, shortlink: 'javascript:alert(1)' }] }),
  ),
  abuse(
    'links-to-elsewhere',
    'google-incidents',
    1,
    json([{ ...googleIncident, uri: 'data:text/html,<script>alert(1)</script>' }]),
  ),
  abuse('four-million-ones', 'aws-events', /none of the \d+ events/, page(`[${repeated('1,', 7.9e6)}1]`), {
    heavy: true,
  }),
  abuse(
    'million-components',
    'statuspage',
    3000,
    page(
      `{"page":{},"components":[${Array.from({ length: 140_000 }, (_, n) => `{"id":"${n}","name":"${n}","status":"major_outage"}`).join()}]}`,
    ),
    { heavy: true },
  ),
]

/** Content that is odd, wrong or wicked under a head that is sound. */
export const content: readonly Abuse[] = [...notThatFormat, ...xml, ...characters, ...records]
