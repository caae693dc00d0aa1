import zlib from 'node:zlib'
import { type Abuse, abuse, page, says } from './abuse.ts'
import { goodPages } from './good-pages.ts'

const tooLarge = /^the body is over 8 MB$/
const zeros = Buffer.alloc(64_000_000, ' ')
const coded = (coding: string, body: Uint8Array) => page(body, `Content-Encoding: ${coding}\r\n`)

const encodings: Abuse[] = [
  abuse('gzip-bomb', 'statuspage', tooLarge, coded('gzip', zlib.gzipSync(zeros))),
  abuse(
    'brotli-bomb',
    'feed',
    tooLarge,
    coded('br', zlib.brotliCompressSync(zeros, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } })),
  ),
  abuse('deflate-bomb', 'aws-events', tooLarge, coded('deflate', zlib.deflateRawSync(zeros))),
  abuse(
    'gzip-cut-short',
    'feed',
    /complete and valid gzip$/,
    coded('gzip', zlib.gzipSync(goodPages.feed).subarray(0, 40)),
  ),
  abuse('gzip-that-is-none', 'feed', /complete and valid gzip$/, coded('gzip', Buffer.from(goodPages.feed))),
  abuse(
    'gzip-twice',
    'feed',
    /'gzip, gzip' was not asked for/,
    coded('gzip, gzip', zlib.gzipSync(zlib.gzipSync(goodPages.feed))),
  ),
  abuse('unknown-encoding', 'feed', /'zstd' was not asked for/, coded('zstd', Buffer.from('x'))),
]

const empty = (status: string, headers = '') =>
  says(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n${headers}\r\n`)
const wait = (value: string) => empty('429 Too Many', `Retry-After: ${value}\r\n`)

const statuses: Abuse[] = [
  abuse('created', 'feed', /^HTTP 201$/, empty('201 Created')),
  abuse('accepted-but-empty', 'statuspage', /^HTTP 202$/, empty('202 Accepted')),
  abuse('no-content', 'azure-rss', /^HTTP 204$/, says('HTTP/1.1 204 No Content\r\n\r\n')),
  abuse('part-of-it', 'aws-events', /^HTTP 206$/, says('HTTP/1.1 206 Partial\r\nContent-Length: 2\r\n\r\n[]')),
  abuse('unchanged-unasked', 'feed', /^HTTP 304$/, says('HTTP/1.1 304 Not Modified\r\nETag: "x"\r\n\r\n')),
  abuse('unauthorized', 'feed', /^HTTP 401$/, empty('401 No', 'WWW-Authenticate: Basic realm="x"\r\n')),
  abuse('forbidden', 'feed', /^HTTP 403$/, empty('403 No')),
  abuse('not-found', 'statuspage', /^HTTP 404$/, empty('404 No')),
  abuse('gone', 'feed', /^Gone: .*\(410\)/, empty('410 Gone')),
  abuse('wait-for-ever', 'feed', /^HTTP 429$/, wait('9'.repeat(400))),
  abuse('wait-until-the-year-9999', 'feed', /^HTTP 429$/, wait('Fri, 31 Dec 9999 23:59:59 GMT')),
  abuse('wait-less-than-nothing', 'feed', /^HTTP 429$/, wait('-1e9')),
  abuse('server-error', 'google-incidents', /^HTTP 500$/, empty('500 Oops')),
  abuse(
    'server-error-of-good-content',
    'aws-events',
    /^HTTP 503$/,
    says('HTTP/1.1 503 Oops\r\nContent-Length: 2\r\n\r\n[]'),
  ),
  abuse('status-999', 'feed', /^HTTP 999$/, empty('999 Odd')),
]

const to = (location: string) => empty('302 Found', `Location: ${location}\r\n`)

const redirects: Abuse[] = [
  abuse('redirect-to-itself', 'feed', /^too many redirects \(5\)$/, to('/')),
  abuse('redirect-deeper-and-deeper', 'feed', /^too many redirects \(5\)$/, to('deeper/')),
  abuse('redirect-nowhere', 'feed', /^a redirect without a Location$/, empty('301 Moved')),
  abuse('redirect-to-a-file', 'feed', /^'file:' addresses are not fetched/, to('file:///etc/passwd')),
  abuse('redirect-to-ftp', 'feed', /^'ftp:' addresses are not fetched/, to('ftp://127.0.0.1/')),
  abuse('redirect-to-script', 'feed', /^'javascript:' addresses are not fetched/, to('javascript:alert(1)')),
  abuse('redirect-to-data', 'statuspage', /^'data:' addresses are not fetched/, to('data:application/json,[]')),
  abuse('redirect-with-a-password', 'feed', /user name/, to('http://me:secret@127.0.0.1/')),
  abuse('redirect-to-no-address', 'feed', /is not a web address$/, to('http://[')),
  abuse('redirect-of-four-thousand-characters', 'feed', /^the address is over 2048/, to(`/${'a'.repeat(4000)}`)),
]

const odd = (headers: string) => page(goodPages.feed, headers)

const headers: Abuse[] = [
  abuse('fresh-for-ever', 'feed', 1, odd('Cache-Control: max-age=99999999999999999999\r\nAge: -1\r\n')),
  abuse('etag-of-control-characters', 'feed', 1, odd('ETag: "\x80\xff"\r\nLast-Modified: \xe9\r\n')),
  abuse('content-type-of-ten-kilobytes', 'feed', 1, odd(`Content-Type: text/xml; charset=${'x'.repeat(10_000)}\r\n`)),
  abuse('two-content-types', 'feed', 1, odd('Content-Type: image/png\r\nContent-Type: text/html\r\n')),
  abuse('hundred-cookies', 'feed', 1, odd(Array.from({ length: 100 }, (_, n) => `Set-Cookie: c${n}=1\r\n`).join(''))),
]

/** Answers whose head says what no head should. */
export const answers: readonly Abuse[] = [...encodings, ...statuses, ...redirects, ...headers]
