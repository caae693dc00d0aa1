import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runErrand } from '../support/errand.ts'

/** Clears a screen, sets a title, is 'CSI' in one character, goes back in its line, and turns the direction. */
const ATTACK = '\u001B[2J\u001B]0;owned\u0007\u009B31m\u202Efdp\rshown'

let dir: string
let site: Server
let page: string
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'neph-terminal-'))
  await writeFile(path.join(dir, 'sources.yaml'), 'sources: []\n')
  site = createServer((request, response) => {
    if (request.url !== '/feed.xml') return response.writeHead(302, { location: `https://[${encodeURI(ATTACK)}` }).end()
    return response.setHeader('content-encoding', `zip${Buffer.from('\u009B31m').toString('latin1')}`).end('x')
  })
  await new Promise<void>(resolve => site.listen(0, '127.0.0.1', resolve))
  page = `http://127.0.0.1:${(site.address() as AddressInfo).port}` // it listens on TCP
})
afterAll(async () => {
  site.closeAllConnections()
  site.close()
  await rm(dir, { recursive: true, force: true })
})

const environment = () => ({ NEPHOSCOPE_CONFIG: path.join(dir, 'sources.yaml'), REDIS_URL: 'redis://127.0.0.1:1' })

/** What a program prints of a file that it is given. */
async function said(bundle: string, ...args: string[]): Promise<string> {
  const { out, err } = await runErrand(bundle, args, environment())
  const all = out + err
  expect(all).not.toBe('')
  expect(all).not.toMatch(/(?!\n)[\p{Cc}\u202A-\u202E]/u)
  return all
}

test('an OPML file cannot steer the terminal of whoever imports it', async () => {
  const file = path.join(dir, 'feeds.opml')
  const references = [...ATTACK].map(char => `&#${char.codePointAt(0)};`).join('')
  const outline = (url: string) => `<outline text="A ${references}" title="A ${references}" xmlUrl="${url}"/>`
  const feeds = [
    'https://a.example.com/feed',
    `ftp://b.example.com/${references}`,
    `https://c.example.com/${references}`,
  ]
  await writeFile(
    file,
    `<opml version="2.0"><body><outline text="${references}">${feeds.map(outline).join('')}</outline></body></opml>`,
  )
  expect(await said('workers-opml', 'import', file)).toContain('https://a.example.com/feed')
  expect(await readFile(file, 'utf8')).toContain('&#27;')
})

test('an address and a page cannot steer the terminal of whoever has its format detected', async () => {
  await said('workers-detect', '--private', page)
  await said('workers-detect', '--private', `${page}/feed.xml`)
  await said('workers-detect', `https://[${ATTACK}`)
})

test.each([
  ['workers-vendors', 'find', ATTACK],
  ['workers-notify', ATTACK],
  ['workers-notify', 'test', ATTACK],
  ['workers-stack', 'import', ATTACK],
  ['workers-opml', 'import', ATTACK],
  ['nephoscope', 'status', '--server', ATTACK],
])('%s says what it was given without its controls', async (bundle, ...args) => {
  await said(bundle, ...args)
})
