import { describe, expect, test } from 'vitest'
import { openHttp, request, serve, serveRaw, textOf } from './loopback.ts'

const cut = 'the connection was closed before the answer was complete'

/** What comes of asking a server that sends these bytes and then closes. The client is still good for the next request. */
async function answerTo(bytes: string | Buffer) {
  const broken = await serveRaw(socket => socket.end(bytes))
  const sound = await serve((_, response) => response.end('sound'))
  const http = openHttp()
  const outcome = await http.get(request(broken))
  expect(await http.get(request(sound))).toMatchObject({ kind: 'fresh' })
  return outcome
}

describe('a server', () => {
  test.each([
    ['says nothing', '', cut],
    ['stops in its headers', 'HTTP/1.1 200 OK\r\nContent-Ty', cut],
    ['stops in its body', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort', cut],
    ['stops between chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n', cut],
    [
      'has two lengths',
      'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!',
      'the body is not as long as its Content-Length says',
    ],
    ['answers with a 101', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n', cut],
  ])('that %s is a failure', async (_, bytes, reason) => {
    expect(await answerTo(bytes)).toMatchObject({ kind: 'failed', status: null, reason })
  })

  test.each([
    ['speaks another protocol', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['has a NUL in a header', 'HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n'],
    ['has a bare line feed and a space in a header name', 'HTTP/1.1 200 OK\nX Y: 1\n\n'],
    ['has a length that is no number', 'HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello'],
    [
      'has a chunk size that is no number',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nhello\r\n0\r\n\r\n',
    ],
  ])('that %s is a failure', async (_, bytes) => {
    expect(await answerTo(bytes)).toMatchObject({
      kind: 'failed',
      status: null,
      reason: expect.stringMatching(/^Response does not match the HTTP\/1\.1 protocol \([\w ,/-]+\)$/),
    })
  })

  test('whose headers are over 16 kB is a failure', async () => {
    const many = Array.from({ length: 2_000 }, (_, n) => `X-${n}: ${'a'.repeat(20)}\r\n`).join('')
    for (const headers of [many, `X: ${'a'.repeat(20_000)}\r\n`])
      expect(await answerTo(`HTTP/1.1 200 OK\r\n${headers}Content-Length: 0\r\n\r\n`)).toMatchObject({
        kind: 'failed',
        reason: 'the headers are over 16 kB',
      })
  })

  test('that names headers after parts of an object changes nothing', async () => {
    const names = ['__proto__', '__proto__', 'constructor', 'toString', 'hasOwnProperty']
    const headers = names.map(name => `${name}: 1\r\n`).join('')
    const outcome = await answerTo(`HTTP/1.1 200 OK\r\n${headers}Content-Length: 2\r\n\r\nok`)
    expect(outcome.kind === 'fresh' && textOf(outcome.body)).toBe('ok')
  })

  test('that sends more than its length is read up to its length', async () => {
    const outcome = await answerTo('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 500 No\r\n\r\n')
    expect(outcome.kind === 'fresh' && textOf(outcome.body)).toBe('ok')
  })

  test('that closes instead of giving a length is read to the end', async () => {
    const outcome = await answerTo('HTTP/1.0 200 OK\r\n\r\nall of it')
    expect(outcome.kind === 'fresh' && textOf(outcome.body)).toBe('all of it')
  })

  test('that resets the connection in the body is a failure', async () => {
    const origin = await serveRaw(socket => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort', () =>
        setTimeout(() => socket.resetAndDestroy(), 50),
      )
    })
    expect(await openHttp().get(request(origin))).toMatchObject({ kind: 'failed', reason: cut })
  })

  test('that sends single bytes is read like any other', async () => {
    const origin = await serveRaw(socket =>
      socket.end(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${'1\r\nx\r\n'.repeat(100_000)}0\r\n\r\n`),
    )
    const outcome = await openHttp().get(request(origin))
    expect(outcome.kind === 'fresh' && textOf(outcome.body)).toBe('x'.repeat(100_000))
  })

  test.each([
    ['headers', 'HTTP/1.1 200 OK\r\nX: '],
    ['body', 'HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n'],
  ])('that drips its %s is a failure when the time is up, and loses its connection', async (_, start) => {
    const closed: Promise<void>[] = []
    const origin = await serveRaw(socket => {
      socket.write(start)
      const drip = setInterval(() => socket.write('x'), 10)
      closed.push(new Promise(resolve => socket.once('close', () => resolve(clearInterval(drip)))))
    })
    expect(await openHttp().get(request(origin, { timeoutMs: 300 }))).toMatchObject({ reason: 'timeout after 0.3 s' })
    await Promise.all(closed)
  })

  test('that says for ever that it is about to answer is a failure when the time is up', async () => {
    const origin = await serveRaw(socket => {
      const hints = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'), 10)
      socket.once('close', () => clearInterval(hints))
    })
    expect(await openHttp().get(request(origin, { timeoutMs: 300 }))).toMatchObject({ reason: 'timeout after 0.3 s' })
  })

  test('that accepts and then says nothing is a failure when the time is up', async () => {
    const origin = await serveRaw(() => {})
    expect(await openHttp().get(request(origin, { timeoutMs: 200 }))).toMatchObject({ reason: 'timeout after 0.2 s' })
  })
})
