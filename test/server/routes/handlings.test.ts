import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Redis } from 'ioredis'
import Koa from 'koa'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { auditLog } from '../../../server/access/audit-log.ts'
import { minuteLimit } from '../../../server/http/admission.ts'
import { errorsAsJson } from '../../../server/http/app.ts'
import { routerOf } from '../../../server/http/route.ts'
import { currentState } from '../../../server/live/current.ts'
import { postHandling } from '../../../server/routes/handlings.ts'
import { Handling } from '../../../shared/domain/handling.ts'
import { acknowledgeKey, acknowledgeSecret } from '../../../shared/redis/acknowledge-key.ts'
import { connectRedis } from '../../../shared/redis/connect.ts'
import { readEvents } from '../../../shared/redis/event-stream.ts'
import { loadView } from '../../../shared/redis/load-view.ts'
import { incident, minutesAgo, NOON } from '../../support/builders.ts'
import { refuse } from '../../support/redis-of-file.ts'
import { type TemporaryRedis, temporaryRedis } from '../../support/temporary-redis.ts'
import { testAccess } from '../../support/test-access.ts'

const ADMIN = 'an-admin-token'
const VIEW = 'a-view-token-12'
const ID = 's/dark'

let store: TemporaryRedis
let redis: Redis
let http: Server
let tokens: { adminToken: string | undefined; viewToken: string | undefined }
const current = currentState({ services: new Map(), dependencies: () => [], siteOf: () => null })

beforeAll(async () => {
  store = await temporaryRedis()
  redis = connectRedis(store.target, 'test', { warn: () => undefined, info: () => undefined })
  current.view.incidents.set(ID, incident(ID, { status: 'investigating', regions: ['aws/us-east-1'], provider: 'aws' }))
  current.view.incidents.set('s/over', incident('s/over', { status: 'resolved' }))
  const wrongTokens = { limit: minuteLimit(5, () => NOON), trustedProxies: 0 }
  const deps = {
    redis,
    current,
    channelFacts: { countryOf: () => 'US' },
    get adminToken() {
      return tokens.adminToken
    },
    get viewToken() {
      return tokens.viewToken
    },
    audit: auditLog({ redis: redis, keptDays: 90, now: () => NOON }),
    get access() {
      return testAccess(redis, { ...tokens, wrongTokens })
    },
    keptDays: 90,
    now: () => NOON,
    onInvalid: refuse,
  }
  const app = new Koa().use(errorsAsJson).use(routerOf([postHandling], deps).routes())
  http = createServer(app.callback()).listen(0, '127.0.0.1')
  await once(http, 'listening')
})
beforeEach(async () => {
  tokens = { adminToken: ADMIN, viewToken: VIEW }
  await redis.flushdb()
  current.view.handlings.clear()
})
afterAll(async () => {
  http.close()
  redis.disconnect()
  await store.stop()
})

async function post(body: object, token: string | null = ADMIN, id = ID) {
  const { port } = http.address() as AddressInfo // it listens
  const answer = await fetch(`http://127.0.0.1:${port}/api/incidents/${id}/handling`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  const { handling } = answer.ok ? JSON.parse(text) : { handling: undefined }
  return { status: answer.status, text, handling: Handling.optional().parse(handling) }
}

test('an acknowledgement is stored, and told in the channels of its incident', async () => {
  const { handling } = await post({ what: 'acknowledged', by: ' Ana\u202e ', text: 'on it', until: minutesAgo(-60) })
  expect(handling?.acknowledgement).toMatchObject({ by: 'Ana', note: 'on it', until: minutesAgo(-60) })
  const [event] = await readEvents(redis, '0-0', 10, refuse)
  expect(event).toMatchObject({ type: 'handling.changed', data: handling })
  expect(event?.channels).toEqual(expect.arrayContaining(['region/aws/us-east-1', `incident/${ID}`, 'country/us']))
  expect((await loadView(redis, refuse)).handlings.get(ID)).toEqual(handling)
})

test('people who write at once lose nothing', async () => {
  const names = ['Ana', 'Ben', 'Eve']
  await Promise.all(names.map(by => post({ what: 'note', by, text: `from ${by}` })))
  const stored = (await loadView(redis, refuse)).handlings.get(ID)
  expect(stored?.entries.map(({ by }) => by).sort()).toEqual(names)
})

test('the view token and the key of a link open it, and a key only its own incident', async () => {
  const note = { what: 'note', by: 'Ana', text: 'seen' }
  const secret = await acknowledgeSecret(redis)
  expect((await post(note, VIEW)).status).toBe(200)
  expect((await post(note, acknowledgeKey(secret, ID))).status).toBe(200)
  expect((await post(note, acknowledgeKey(secret, 's/over'))).status).toBe(401)
  expect((await post(note, null)).status).toBe(401)
})

test('a server without tokens says what is missing', async () => {
  tokens = { adminToken: undefined, viewToken: undefined }
  const refused = await post({ what: 'note', by: 'Ana', text: 'seen' }, null)
  expect(refused.status).toBe(401)
  expect(refused.text).toContain('set ADMIN_TOKEN')
})

test.each([
  [{ what: 'acknowledged', by: ' ' }, 400, 'by: must be the name'],
  [{ what: 'acknowledge', by: 'Ana' }, 400, "what: must be 'acknowledged'"],
  [{ what: 'note', by: 'Ana', text: '\u0007 ' }, 400, 'text: must not be empty'],
  [{ what: 'acknowledged', by: 'Ana', until: minutesAgo(1) }, 400, 'until: must be later than now'],
  [{ what: 'note', by: 'Ana', text: 'x', until: minutesAgo(-1) }, 400, 'until: belongs to'],
  [{ what: 'lifted', by: 'Ana' }, 409, 'nothing to lift'],
])('%o is refused', async (body, status, why) => {
  const refused = await post(body)
  expect(refused.status).toBe(status)
  expect(refused.text).toContain(why)
})

test('what is over is not acknowledged, but may have notes', async () => {
  expect((await post({ what: 'acknowledged', by: 'Ana' }, ADMIN, 's/over')).status).toBe(409)
  expect((await post({ what: 'note', by: 'Ana', text: 'write it up' }, ADMIN, 's/over')).status).toBe(200)
  expect((await post({ what: 'note', by: 'Ana', text: 'x' }, ADMIN, 's/none')).status).toBe(404)
})
