import { createServer } from 'node:http'
import Koa from 'koa'
import { afterEach, expect, test } from 'vitest'
import { baseUrl } from '../../../server/http/base-url.ts'
import { raw } from '../../support/raw.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** What a server that is set up so takes its own address to be, when it is asked with these lines. */
async function told(lines: string[], configured?: string, trustedProxies = 0): Promise<string> {
  const base = baseUrl(configured, trustedProxies)
  const app = new Koa()
  app.silent = true
  app.use(ctx => {
    ctx.body = `base=${base(ctx)}`
  })
  const server = createServer(app.callback())
  closing.push(() => server.close())
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const client = raw(
    `http://127.0.0.1:${address.port}`,
    `${['GET / HTTP/1.1', ...lines, 'Connection: close'].join('\r\n')}\r\n\r\n`,
  )
  await client.closed
  return /base=(.*)$/.exec(client.answer())?.[1] ?? client.answer().slice(0, 12)
}

test('links lead to the host that was asked, where nobody said where the service is', async () => {
  expect(await told(['Host: neph.example.com:3000'])).toBe('http://neph.example.com:3000')
})

test.each(['evil.example.com/x', 'a"onload="', 'user@evil.example.com', 'a b', '<script>', 'x?y', ''])(
  'a Host header that is no host name is not linked to: %s',
  async host => expect(await told([`Host: ${host}`])).toBe('HTTP/1.1 400'),
)

test('what a proxy would say is believed of a proxy alone, and of the host it says nothing', async () => {
  const forged = ['Host: neph.example.com', 'X-Forwarded-Host: evil.example.com', 'X-Forwarded-Proto: https']
  expect(await told(forged)).toBe('http://neph.example.com')
  expect(await told(forged, undefined, 1)).toBe('https://neph.example.com')
})

test('nothing that a request says changes the address that the office told', async () => {
  const forged = ['Host: evil.example.com', 'X-Forwarded-Host: evil.example.com', 'Forwarded: host=evil.example.com']
  expect(await told(forged, 'https://status.example.com', 1)).toBe('https://status.example.com')
})
