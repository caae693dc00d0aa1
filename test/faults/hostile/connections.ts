import { type Abuse, abuse, drip, endless, page, resets, says } from './abuse.ts'
import { goodPages } from './good-pages.ts'

const OK = 'HTTP/1.1 200 OK\r\n'
const CHUNKED = `${OK}Transfer-Encoding: chunked\r\n\r\n`

const late = /^timeout after [\d.]+ s$/
const cut = /^the connection was closed before the answer was complete$/
const tooLong = /^the headers are over 16 kB$/
const tooLarge = /^the body is over 8 MB$/
const notHttp = /^Response does not match the HTTP\/1\.1 protocol \([\w ,/-]+\)$/
const wrongLength = /^the body is not as long as its Content-Length says$/
const noTls = /^the TLS handshake failed/

const ignore = () => {}

/** Servers that never come to the point, or never stop. */
const withoutEnd: Abuse[] = [
  abuse('never-an-answer', 'statuspage', late, ignore),
  abuse('headers-that-drip', 'feed', late, drip(`${OK}X: `, 'x')),
  abuse('body-that-drips', 'aws-events', late, drip(`${OK}Content-Length: 1000000\r\n\r\n`, '[')),
  abuse('early-hints-for-ever', 'feed', late, drip('', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n')),
  abuse('body-without-end', 'azure-rss', tooLarge, endless(`${OK}\r\n`, Buffer.alloc(65_536, '<'))),
  abuse('chunks-without-end', 'statuspage', tooLarge, endless(CHUNKED, `400\r\n${'['.repeat(1024)}\r\n`)),
  abuse('headers-without-end', 'google-incidents', tooLong, endless(OK, `X-Header: ${'a'.repeat(1000)}\r\n`)),
  abuse('one-header-without-end', 'feed', tooLong, endless(`${OK}X: `, 'a'.repeat(65_536))),
  abuse('status-line-without-end', 'feed', /^(timeout|Resp|the)/, endless('HTTP/1.1 200 ', 'OK'.repeat(32_768))),
  abuse('etag-of-a-megabyte', 'feed', tooLong, says(`${OK}ETag: "${'e'.repeat(1e6)}"\r\nContent-Length: 0\r\n\r\n`)),
  abuse('chunk-extension-without-end', 'feed', late, endless(`${CHUNKED}5;a=`, 'a'.repeat(65_536))),
  abuse('trailers-without-end', 'feed', tooLong, endless(`${CHUNKED}2\r\n[]\r\n0\r\n`, `X: ${'a'.repeat(1000)}\r\n`)),
]

const brokenOff: Abuse[] = [
  abuse('reset-at-once', 'statuspage', cut, ignore, { greets: socket => socket.resetAndDestroy() }),
  abuse('reset-after-the-request', 'feed', cut, resets('')),
  abuse('reset-in-the-headers', 'azure-rss', cut, resets(`${OK}Content-Ty`)),
  abuse('reset-in-the-body', 'aws-events', cut, resets(`${OK}Content-Length: 100\r\n\r\n[`)),
  abuse('closes-without-a-word', 'google-incidents', cut, says('')),
  abuse('stops-in-the-headers', 'feed', cut, says(`${OK}Content-Ty`)),
  abuse('stops-between-chunks', 'statuspage', cut, says(`${CHUNKED}2\r\n[]\r\n`)),
  abuse('half-closes-and-waits', 'feed', cut, socket => socket.end(`${OK}Content-Length: 9\r\n\r\nhalf`)),
  abuse('closes-when-connected', 'aws-events', cut, ignore, { greets: socket => socket.end() }),
]

const malformed: Abuse[] = [
  abuse('length-too-long', 'aws-events', cut, says(`${OK}Content-Length: 100\r\n\r\n[]`)),
  abuse('length-too-short', 'aws-events', /no JSON/, says(`${OK}Content-Length: 1\r\n\r\n[]`)),
  abuse('length-negative', 'feed', notHttp, says(`${OK}Content-Length: -5\r\n\r\nhello`)),
  abuse('length-beyond-numbers', 'feed', wrongLength, says(`${OK}Content-Length: ${'9'.repeat(30)}\r\n\r\nhello`)),
  abuse('two-lengths', 'feed', wrongLength, says(`${OK}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!`)),
  abuse(
    'length-and-chunks',
    'feed',
    wrongLength,
    says(`${OK}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`),
  ),
  abuse('chunk-size-of-words', 'statuspage', notHttp, says(`${CHUNKED}xyz\r\nhello\r\n0\r\n\r\n`)),
  abuse('chunk-size-beyond-numbers', 'statuspage', notHttp, says(`${CHUNKED}${'f'.repeat(20)}\r\nhello\r\n`)),
  abuse('http-0-9', 'feed', notHttp, says(goodPages.feed)),
  abuse('another-protocol', 'feed', notHttp, says('SSH-2.0-OpenSSH_9.2\r\n')),
  abuse('http-2-frames', 'feed', notHttp, says('\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x80')),
  abuse('switching-protocols', 'feed', cut, says('HTTP/1.1 101 Go\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n')),
  abuse('nul-in-a-header', 'feed', notHttp, says(`${OK}X: a\0b\r\nContent-Length: 0\r\n\r\n`)),
  abuse('carriage-return-in-a-header', 'feed', notHttp, says(`${OK}X: a\rSet-Cookie: b\r\nContent-Length: 0\r\n\r\n`)),
  abuse('space-in-a-header-name', 'feed', notHttp, says(`${OK}X Y: a\r\nContent-Length: 0\r\n\r\n`)),
  abuse(
    'headers-named-after-prototypes',
    'aws-events',
    1,
    page(goodPages['aws-events'], '__proto__: 1\r\n__proto__: 2\r\nconstructor: 3\r\nhasOwnProperty: 4\r\n'),
  ),
  abuse('a-second-answer-unasked', 'feed', 1, socket => {
    const { feed } = goodPages
    socket.end(`${OK}Content-Length: ${feed.length}\r\n\r\n${feed}HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n`)
  }),
]

const encrypted: Abuse[] = [
  abuse('tls-nobody-vouches-for', 'feed', /^certificate is self-signed$/, page(goodPages.feed), { tls: 'spoken' }),
  abuse('tls-not-spoken', 'statuspage', noTls, says(`${OK}\r\n`), {
    tls: 'not spoken',
    greets: says('HTTP/1.1 400\r\n'),
  }),
  abuse('tls-that-hangs', 'feed', late, ignore, { tls: 'not spoken' }),
  abuse('tls-that-closes', 'feed', /^(the TLS|the connection)/, ignore, {
    tls: 'not spoken',
    greets: socket => socket.end(),
  }),
]

/** What goes wrong before there is an answer. */
export const connections: readonly Abuse[] = [...withoutEnd, ...brokenOff, ...malformed, ...encrypted]
