import { describe, expect, test } from 'vitest'
import { readers } from '../../../workers/formats/registry.ts'
import { NOON } from '../../support/builders.ts'
import { fixture, read, readingIn, reasonIn } from './reading.ts'

const posts = await fixture('m365-posts.json')
const post = await fixture('m365-post.json')
const home = 'https://status.cloud.microsoft'
const reading = async (body: string, more: { url?: string; now?: number } = {}) =>
  readingIn(await read('m365', body, { url: `${home}/api/posts/mac`, ...more }))

test.each([
  [home, `${home}/api/posts/mac`],
  [`${home}/`, `${home}/api/posts/mac`],
  [`${home}/api/posts/ppac`, `${home}/api/posts/ppac`],
  [`${home}/api/posts/m365Consumer`, `${home}/api/posts/m365Consumer`],
])('%s is fetched at %s', (url, address) => expect(readers.m365.address(url)).toBe(address))

test.each([
  ['mac', 'Microsoft 365 admin center'],
  ['ppac', 'Power Platform admin center'],
  ['azure', 'Azure'],
  ['more', 'Source'],
])('the post at %s is about %s', async (path, name) => {
  const { components, incidents } = await reading(post, { url: `${home}/api/posts/${path}` })
  expect(components).toMatchObject([{ id: `src/${path}`, name }])
  expect(incidents).toMatchObject([{ id: `src/${path}`, services: [name], url: `${home}/` }])
})

test('a single post says what it does not cover', async () => {
  const { note } = await reading(post)
  expect(note).toBe(
    'this is one public post and not the health of services: that of Exchange, Teams and others is told to administrators alone',
  )
})

describe('a list of posts', async () => {
  const { components, incidents, undated, note } = await reading(posts, { url: `${home}/api/posts/m365Consumer` })

  test('is a component each', () =>
    expect(components.map(({ name, status, rawStatus }) => [name, status, rawStatus])).toEqual([
      ['Outlook.com', 'degraded_performance', null],
      ['OneDrive', 'operational', null],
      ['Phone Link', 'unknown', 'Unknown'],
      ['Microsoft Teams Free', 'unknown', 'Haunted'],
      ['Microsoft Lists', 'unknown', null],
    ]))

  test('has an incident for each that is not well, from its first reading on', () => {
    expect(incidents).toMatchObject([
      { id: 'src/outlookcom', title: 'Sign-in fails in West Europe', status: 'identified', impact: 'minor' },
      { id: 'src/microsoftteamsfree', title: 'Microsoft Teams Free', rawStatus: 'Haunted' },
    ])
    expect(incidents[0]?.startedAt).toBe(new Date(NOON).toISOString())
    expect(undated).toEqual(['src/outlookcom', 'src/microsoftteamsfree'])
  })

  test('tells which are no longer renewed', () =>
    expect(note).toBe('1 of 5 posts were not renewed for two hours: their state is unknown'))
})

test('words that stay the same are the same update at every reading', async () => {
  const idsAt = async (now: number) => (await reading(post, { now })).incidents[0]?.updates.map(({ id }) => id)
  expect(await idsAt(NOON + 60_000)).toEqual(await idsAt(NOON))
})

test('a page in place of the posts is not read as well', async () => {
  expect(reasonIn(await read('m365', '<!doctype html><title>Service health</title>'))).toContain('a web page')
  reasonIn(await read('m365', '[]'))
  reasonIn(await read('m365', 'null'))
  reasonIn(await read('m365', '{"Status": "Available"}'))
})
