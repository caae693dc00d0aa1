import { expect, test } from 'vitest'
import { snippets } from '../../../client/regions/subscriptions.ts'

const base = 'https://clouds.example.com'

test('everything that others need to follow a region', () => {
  const all = snippets('aws/eu-west-1', base, 'AWS eu-west-1', null)
  expect(all.channel).toBe('region/aws/eu-west-1')
  expect(all.feeds.map(({ url }) => url)).toEqual(
    ['rss', 'atom', 'json'].map(end => `${base}/feeds/region/aws/eu-west-1.${end}`),
  )
  expect(all.calendar).toBe(`${base}/calendar/region/aws/eu-west-1.ics`)
  expect(all.badgeMarkdown).toBe(
    `[![AWS eu-west-1](${base}/badge/region/aws/eu-west-1.svg)](${base}/region/aws/eu-west-1)`,
  )
  expect(all.frame).toContain(`src="${base}/embed/region/aws/eu-west-1"`)
  expect(all.stream).toBe(`curl -N '${base}/api/stream?channels=region/aws/eu-west-1'`)
  expect(all.program).toContain("channels: ['region/aws/eu-west-1']")
})

test('where reading needs a token, feeds carry their key, and programs take the token from their environment', () => {
  const all = snippets('aws/eu-west-1', base, 'AWS eu-west-1', 'k-1')
  expect([all.badge, all.calendar, ...all.feeds.map(({ url }) => url)].every(url => url.endsWith('?key=k-1'))).toBe(
    true,
  )
  expect(all.stream).toContain('Bearer $VIEW_TOKEN')
  expect(all.program).toContain('process.env.VIEW_TOKEN')
  expect(all.program + all.stream).not.toContain('k-1')
})

test('under a path, the program connects to the origin with the path of socket.io', () => {
  const { program, stream } = snippets('aws/eu-west-1', 'https://example.com/status', 'AWS eu-west-1', null)
  expect(program).toContain("io('https://example.com', {\n  path: '/status/socket.io',\n  transports")
  expect(stream).toContain("'https://example.com/status/api/stream")
})
