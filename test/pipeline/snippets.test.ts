import { type ChildProcess, spawn } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { transform } from 'esbuild'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { channelsOfIncident } from '../../shared/domain/channels.ts'
import { defaultSettings } from '../../shared/domain/notice.ts'
import { commitPoll } from '../../shared/redis/commit-poll.ts'
import { writeSettings } from '../../shared/redis/notices.ts'
import { countryOf } from '../../shared/regions/catalogue.ts'
import { startBrowser } from '../support/browser.ts'
import { incident, minutesAgo, pollState, region, source } from '../support/builders.ts'
import { composedServer } from '../support/composed-server.ts'
import { type Line, startLine } from '../support/line.ts'
import { projectFolder, snippets } from '../support/snippets.ts'
import { type TemporaryRedis, temporaryRedis, until } from '../support/temporary-redis.ts'

const regions = [region('azure/westeurope'), region('aws/eu-west-1')]
const catalogue = { providers: new Map(), regions: new Map(regions.map(one => [one.id, one])) }
const shop = { id: 'shop', name: 'Shop', uses: [{ kind: 'region' as const, region: 'azure/westeurope' }] }

let folder: string
let store: TemporaryRedis
let server: Awaited<ReturnType<typeof composedServer>>
let line: Line
let program: ChildProcess | undefined
beforeAll(async () => {
  folder = await projectFolder()
  store = await temporaryRedis()
  await writeSettings(store.redis, { ...defaultSettings, stacks: [shop] }, minutesAgo(9))
  const vendors = new Map([['aws', { name: 'AWS' }]])
  server = await composedServer(store, { catalogue, services: new Map(), vendors })
  line = await startLine(server.url)
})
afterEach(async () => {
  program?.kill('SIGKILL')
  await until(() => server.connected() === 0, 'the program to leave')
})
afterAll(async () => {
  await line.close()
  await server.close()
  await store.close()
  await rm(folder, { recursive: true })
})

let version = 0
/** Commits a new incident in West Europe. */
async function open(title: string): Promise<void> {
  const opened = incident(`azure-status/${title}`, { title })
  await commitPoll(store.redis, {
    ...{ version: version++, answeredPush: null, state: pollState(), delayMs: 1_000, articlesFrom: minutesAgo(900) },
    source: source('azure-status'),
    upserts: { incidents: [opened], components: [], articles: [] },
    removals: { incidents: [], components: [], articles: [] },
    ledger: [],
    events: [
      {
        type: 'incident.opened',
        at: minutesAgo(0),
        channels: channelsOfIncident(opened, countryOf(catalogue)),
        data: opened,
      },
    ],
  })
}

/** Runs a program of the documents as it stands, but for the address. @returns what it has printed */
async function run(code: string, name: string): Promise<() => string> {
  const { code: javascript } = await transform(code.replace('http://localhost:3000', line.url), { loader: 'ts' })
  const file = path.join(folder, `${name}.js`)
  await writeFile(file, javascript)
  const child = spawn(process.execPath, [file], { cwd: folder, env: { PATH: process.env.PATH ?? '' } })
  program = child
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      printed += chunk
    })
  return () => printed
}

test('the documents show programs for both libraries', () => {
  expect(new Set(snippets.map(({ library }) => library))).toEqual(new Set(['@nephoscope/client', 'socket.io-client']))
  expect(snippets.length).toBeGreaterThanOrEqual(4)
})

/** Cuts a program off before its first event, and lets something happen meanwhile and afterwards. */
async function cutBeforeTheFirst(name: string, printed: () => string | Promise<string>): Promise<void> {
  await until(async () => server.connected() > 0 || (await printed()).includes('Error'), 'the program to connect')
  // by the last of these it has long read the first, which greeted it
  let pulses = 0
  await until(() => {
    server.pulse()
    return ++pulses === 50
  }, 'the pulses')
  line.down()
  await until(() => server.connected() === 0, 'the cut')
  await open(`${name}-while-it-was-cut`)
  await until(() => server.current.view.incidents.has(`azure-status/${name}-while-it-was-cut`), 'the event')
  line.up()
  await until(async () => (await printed()).includes('incident.opened'), 'the event')
  await open(`${name}-afterwards`)
  await until(async () => (await printed()).split('incident.opened').length > 2, 'the next event')
  expect((await printed()).split('incident.opened')).toHaveLength(3)
  expect(await printed()).not.toContain('Error')
}

test.each(snippets.map(({ title, code }, n) => [title, code, `n${n}`] as const))(
  '%s: on a quiet channel that is cut it tells what happened meanwhile, once',
  async (_, code, name) => cutBeforeTheFirst(name, await run(code, name)),
)

test('the package does the same in a browser, as it is', async () => {
  const browser = await startBrowser()
  const page = await browser.newPage()
  const files: Readonly<Record<string, string>> = {
    'page.html': `<body><script type="module">
      import { watch } from './client.js'
      for await (const event of watch({ url: '/', channels: ['region/azure/westeurope'] }))
        document.title += event.type + ' '
    </script>`,
    'client.js': await readFile(path.join(folder, 'node_modules/@nephoscope/client/index.js'), 'utf8'),
  }
  for (const [name, body] of Object.entries(files)) {
    const contentType = name.endsWith('.js') ? 'text/javascript' : 'text/html'
    await page.route(`${line.url}/${name}`, one => one.fulfill({ body, contentType }))
  }
  await page.goto(`${line.url}/page.html`)
  await cutBeforeTheFirst('page', () => page.title())
  await browser.close()
})
