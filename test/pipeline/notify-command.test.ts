// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how targets refer to the environment
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { incident } from '../support/builders.ts'
import { runErrand } from '../support/errand.ts'
import { startWebhook } from '../support/services/webhook.ts'
import { tellIncident } from '../support/tell-incident.ts'
import { type TemporaryRedis, temporaryRedis } from '../support/temporary-redis.ts'

let store: TemporaryRedis
let service: Awaited<ReturnType<typeof startWebhook>>
let dir: string
let environment: Record<string, string>

beforeAll(async () => {
  store = await temporaryRedis()
  service = await startWebhook()
  dir = await mkdtemp(path.join(tmpdir(), 'neph-notify-'))
  const NEPHOSCOPE_CONFIG = path.join(dir, 'sources.yaml')
  await writeFile(
    NEPHOSCOPE_CONFIG,
    `notify:
  targets:
    - { id: team, kind: webhook, private: true, url: "${service.config.url}", secret: "\${SOURCE_HOOK_SECRET}" }
    - { id: wrong, kind: webhook, private: true, url: "${service.config.url}", secret: "\${SOURCE_WRONG_SECRET}" }
    - { id: inner, kind: webhook, url: "${service.config.url}", secret: "\${SOURCE_HOOK_SECRET}" }
  rules: [{ channels: provider/aws, to: [team, wrong] }]
`,
  )
  environment = {
    NEPHOSCOPE_CONFIG,
    REDIS_URL: store.url,
    SOURCE_HOOK_SECRET: service.config.secret,
    SOURCE_WRONG_SECRET: `whsec_${Buffer.alloc(32, 9).toString('base64')}`,
  }
})
afterAll(async () => {
  await service.stop()
  await store.close()
  await rm(dir, { recursive: true, force: true })
})

const run = (...args: string[]) => runErrand('workers-notify', args, environment)

test('a sample is sent, and what came back is said in one line', async () => {
  expect(await run('test', 'team')).toEqual({ code: 0, out: 'team: taken\n', err: '' })
  expect(service.bodies.at(-1)?.data).toMatchObject({ occasion: 'test', title: 'This is a test: messages arrive' })
  const refused = await run('test', 'wrong')
  expect(refused).toMatchObject({ code: 1, err: '' })
  expect(refused.out).toMatch(/^wrong: not taken: HTTP 401: .*\n$/)
})

test('a target with a private address is refused with the key that allows it', async () => {
  const { out } = await run('test', 'inner')
  expect(out).toBe(
    'inner: not taken: 127.0.0.1 is a private address: write private: true into its line if it is in your own network\n',
  )
})

test('the setting that let every source inside is refused with its mend', async () => {
  const { code, err } = await runErrand('workers-notify', ['list'], { ...environment, ALLOW_PRIVATE_SOURCES: '1' })
  expect({ code, err }).toEqual({
    code: 2,
    err: "ALLOW_PRIVATE_SOURCES is no setting any more: write private: true into the lines of the sources file whose addresses are inside (is '1')\n",
  })
})

test('a mistake is one line with its mend', async () => {
  const misspelt = await run('test', 'tem')
  expect(misspelt).toEqual({ code: 2, out: '', err: "the sources file names no target 'tem': did you mean team?\n" })
  expect(await run('--dry-run', 'many')).toMatchObject({
    code: 2,
    err: "'many' is not a number of days: use 1 to 400\n",
  })
  expect((await run('test')).err).toBe('a test goes to one target: use team, wrong, inner\n')
  expect((await run('lst')).err).toMatch(
    /^there is no 'lst': did you mean list\?\nUse: npm run notify -- test <target>/,
  )
  expect(await runErrand('workers-notify', ['--help'], {})).toMatchObject({ code: 0, err: '' })
})

test('targets and rules are listed without their secrets', async () => {
  const { out } = await run('list')
  expect(out).toBe(
    'target team: webhook\ntarget wrong: webhook\ntarget inner: webhook\nrule provider-aws: provider/aws, opened, worse, resolved, to team, wrong\n',
  )
})

test('a rehearsal says what would have been sent, and sends nothing', async () => {
  const calls = service.bodies.length
  const now = new Date().toISOString()
  const open = incident('aws/1', { provider: 'aws', regions: ['aws/us-east-1'], startedAt: now, updatedAt: now })
  await tellIncident(store.redis, open, true)
  await tellIncident(store.redis, { ...open, status: 'resolved' }, false)
  const { out, code } = await run('--dry-run', '1')
  expect(code).toBe(0)
  const lines = out.trim().split('\n')
  expect(lines[0]).toContain('provider-aws → team, wrong  opened  AWS us-east-1: Connectivity issues')
  expect(lines[1]).toContain('resolved  AWS us-east-1')
  expect(lines[2]).toBe('messages: 2, of 2 events in a day; nothing was sent')
  expect(service.bodies).toHaveLength(calls)
})

test('a key for pushes is made without a sources file', async () => {
  const { out } = await runErrand('workers-notify', ['vapid'], {})
  expect(out).toMatch(/^VAPID_PRIVATE_KEY=[\w-]{43}\n$/)
})
