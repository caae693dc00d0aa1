import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { basePathOf, serveUnder } from '../../../server/http/base-url.ts'

test('the base path is the path of the public address', () => {
  expect(basePathOf(undefined)).toBe('')
  expect(basePathOf('https://status.example.com')).toBe('')
  expect(basePathOf('https://example.com/a/status')).toBe('/a/status')
})

test.each([
  ['/status/news?x=1', '/news?x=1'],
  ['/status/', '/'],
  ['/status', '/'],
  ['/status?mine=a', '/?mine=a'],
  ['/statuspage/azure/api/v2/status.json', '/statuspage/azure/api/v2/status.json'],
  ['/news', '/news'],
])('%s is read as %s by every listener, with whatever was attached first', async (asked, read) => {
  const server = createServer((request, response) => response.end(`read=${request.url}`))
  serveUnder('/status', server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const address = server.address()
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0
    const answer = await fetch(`http://127.0.0.1:${port}${asked}`)
    expect(await answer.text()).toBe(`read=${read}`)
  } finally {
    server.close()
  }
})
