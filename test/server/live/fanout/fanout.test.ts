import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { directWritesHold } from '../../../../server/live/fanout/direct-check.ts'
import type { Event } from '../../../../shared/domain/events.ts'
import { type Listener, listen } from '../../../support/listener.ts'
import { until } from '../../../support/temporary-redis.ts'
import { liveServer } from './live-server.ts'

type Live = Awaited<ReturnType<typeof liveServer>>

const ending: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end()
})

async function serve(direct = true): Promise<Live> {
  const server = await liveServer(direct)
  ending.push(() => server.live.close())
  return server
}

async function follow({ url }: Live, channels: string[], since?: string): Promise<Listener> {
  const client = listen(url, channels, since)
  ending.push(client.close)
  await until(() => client.socket.connected, 'the socket')
  return client
}

/** The TCP socket of a client. */
const websocketOf = ({ socket }: Listener): { pause(): void; resume(): void } =>
  Reflect.get(Reflect.get(Reflect.get(socket.io.engine, 'transport'), 'ws'), '_socket')

const ids = (events: readonly Event[]) => events.map(({ id }) => id)
const of = (events: readonly Event[], channels: readonly string[]) =>
  events.filter(event => event.channels.some(channel => channels.includes(channel)))

const channels = ['all', 'status', 'news', 'topic/a', 'topic/b']
const some = (): string[] => channels.filter(() => Math.random() < 0.4)

test.each([
  ['straight', true],
  ['by socket.io alone', false],
])(
  'sent %s, each client gets exactly the events of its channels, in order, while channels change',
  async (_how, direct) => {
    const server = await serve(direct)
    const clients = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const before = some()
        return { before, after: before, client: await follow(server, before, '0-0') }
      }),
    )
    for (let turn = 0; turn < 200; turn++) {
      server.tell(...Array.from({ length: 1 + (turn % 4) }, () => ({ channels: ['topic/c', ...some()] })))
      if (turn % 10 === 0) server.live.pulse()
      const one = turn >= 100 ? clients[turn - 100] : undefined
      // Answers go the ordinary way, between events that go straight. One change a client: one place in the order is looked for.
      if (one !== undefined) {
        const change = some()
        const joins = turn % 2 === 0
        one.client.socket.emit(joins ? 'subscribe' : 'unsubscribe', change, () => undefined)
        one.after = joins ? [...one.before, ...change] : one.before.filter(channel => !change.includes(channel))
      }
      if (turn % 3 === 0) await nextTurn()
    }
    await Promise.all(clients.map(({ client }) => client.socket.emitWithAck('subscribe', ['incident/s/end'])))
    server.tell({ channels: ['incident/s/end'] })
    const end = server.told.at(-1)?.id
    await until(() => clients.every(({ client }) => client.events.at(-1)?.id === end), 'the end')
    for (const { before, after, client } of clients) {
      const got = ids(client.events).join()
      const changedAt = server.told.findIndex((_, at) => {
        const due = [
          ...of(server.told.slice(0, at), before),
          ...of(server.told.slice(at), [...after, 'incident/s/end']),
        ]
        return ids(due).join() === got
      })
      expect(changedAt, `${got} is nothing between ${before} and ${after}`).not.toBe(-1)
    }
  },
)

test('an event in several channels of a socket comes once, and large texts in many bytes a character come whole', async () => {
  const server = await serve()
  const client = await follow(server, channels, '0-0')
  const texts = ['雲', '☁️'.repeat(20_000), 'é'.repeat(32_740), 'x'.repeat(300_000)]
  server.tell(...texts.map(text => ({ channels, text })))
  for (const text of texts) server.tell({ channels, text })
  await until(() => client.events.length >= 8, 'the events')
  await nextTurn()
  expect(client.events).toEqual(server.told)
})

test('who does not read is cut when a megabyte waits, keeps nobody else waiting, and resumes from its last event', async () => {
  const server = await serve()
  const [slow, quick] = [await follow(server, ['all'], '0-0'), await follow(server, ['all'], '0-0')]
  server.tell({ channels: ['all'] })
  await until(() => slow.events.length === 1 && quick.events.length === 1, 'the first event')
  const wire = websocketOf(slow)
  wire.pause()
  let told = 1
  for (; server.slow() === 0 && told < 200; told++) {
    server.tell({ channels: ['all'], text: '☁'.repeat(100_000) })
    await until(() => quick.events.length === told + 1, 'the quick one')
  }
  expect(server.slow()).toBe(1)
  server.tell({ channels: ['all'] }, { channels: ['news'] }, { channels: ['all', 'news'] })
  wire.resume()
  await until(() => slow.events.length >= told + 2, 'the slow one to be current', 60)
  for (const client of [slow, quick]) {
    expect(ids(client.events)).toEqual(ids(of(server.told, ['all'])))
    expect(client.resets).toEqual([])
  }
})

test('who is cut by one of many events is counted once', async () => {
  const server = await serve()
  const slow = await follow(server, ['all'], '0-0')
  server.tell({ channels: ['all'] })
  await until(() => slow.events.length === 1, 'the first event')
  websocketOf(slow).pause()
  const some = Array.from({ length: 5 }, () => ({ channels: ['all'], text: '☁'.repeat(100_000) }))
  for (let n = 0; server.slow() === 0 && n < 200; n++) {
    // different channels, so that each event is a part of its own
    server.tell(...some, ...some.map(one => ({ ...one, channels: ['all', 'news'] })))
    await nextTurn()
  }
  server.tell(...some)
  expect(server.slow()).toBe(1)
})

test('a channel that is joined while a client catches up brings nothing out of order and nothing twice', async () => {
  const server = await serve()
  for (let n = 0; n < 40; n++) server.tell({ channels: ['all'], text: 'x'.repeat(200_000) })
  const client = listen(server.url, ['all'], '0-0')
  ending.push(client.close)
  const answer = client.socket.emitWithAck('subscribe', ['news'])
  for (let n = 0; n < 200; n++) {
    server.tell({ channels: ['news'] })
    await nextTurn()
  }
  expect(await answer).toEqual({ ok: true, value: { channels: ['all', 'news'] } })
  server.tell({ channels: ['all'] }, { channels: ['news'] })
  await until(() => client.events.at(-1)?.id === server.told.at(-1)?.id, 'the last event')
  const places = client.events.map(({ id }) => Number(id.slice(2)))
  expect(places).toEqual([...new Set(places)].sort((a, b) => a - b))
  expect(of(client.events, ['all'])).toEqual(of(server.told, ['all']))
})

test('a reset reaches everybody with the part of the snapshot that is theirs, and events go on behind it', async () => {
  const server = await serve()
  const clients = await Promise.all([['all'], ['news'], ['news', 'status']].map(its => follow(server, its, '0-0')))
  server.tell({ channels })
  server.live.reset('rebuilt')
  server.tell({ channels })
  await until(() => clients.every(({ events, resets }) => events.length === 2 && resets.length === 1), 'all of it')
  for (const { resets } of clients) expect(resets[0]?.snapshot.head).toBe('1-1')
})

test('the request of a client that has joined is held by nobody', async () => {
  const server = await serve()
  const requests: WeakRef<IncomingMessage>[] = []
  server.http.on('upgrade', request => requests.push(new WeakRef(request)))
  for (let n = 0; n < 5; n++) await follow(server, ['all'])
  setFlagsFromString('--expose-gc')
  const collectGarbage: () => void = runInNewContext('gc')
  await until(() => {
    collectGarbage()
    // the http parser may still hold the last
    return requests.filter(request => request.deref() !== undefined).length <= 1
  }, 'the requests to be forgotten')
  expect(requests).toHaveLength(5)
})

test('a connection that asks for two sockets at once is cut, and others get their events as before', async () => {
  const server = await serve()
  const before = await follow(server, ['all'], '0-0')
  for (let n = 0; n < 3; n++) {
    const websocket = new WebSocket(`${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`)
    const closed = once(websocket, 'close')
    await once(websocket, 'message')
    for (let m = 0; m < 3; m++) websocket.send('40{"channels":["all"],"since":"0-0"}')
    await closed
  }
  await until(() => server.live.connected() === 1, 'the others to be gone')
  const after = await Promise.all([1, 2, 3, 4].map(() => follow(server, ['all'], '0-0')))
  for (let n = 0; n < 5; n++) server.tell({ channels: ['all'] })
  await until(() => [before, ...after].every(({ events }) => events.length === 5), 'the events')
  for (const { events } of [before, ...after]) expect(events).toEqual(server.told)
})

test('who is refused for its origin is refused as often as it asks on one connection', async () => {
  const server = await serve()
  const url = `${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`
  const websocket = new WebSocket(url, { origin: 'https://elsewhere.example' })
  ending.push(() => websocket.terminate())
  const answers: string[] = []
  websocket.on('message', data => {
    answers.push(String(data))
    if (answers.length < 4) websocket.send('40{"channels":["all"]}')
  })
  await until(() => answers.length === 4, 'three answers')
  const refusal = '44{"message":"this origin is not in ALLOWED_ORIGINS"}'
  expect(answers.slice(1)).toEqual([refusal, refusal, refusal])
})

test('the check passes on what is installed, and fails where a websocket keeps messages back', async () => {
  expect(await directWritesHold()).toBe(true)
  class Holding extends WebSocketServer {
    override handleUpgrade(...[request, socket, head, done]: Parameters<WebSocketServer['handleUpgrade']>): void {
      super.handleUpgrade(request, socket, head, (websocket, its) => {
        const send = websocket.send.bind(websocket)
        Object.assign(websocket, {
          send(data: string, sent: () => void) {
            sent()
            setTimeout(() => send(data), 20)
          },
        })
        done(websocket, its)
      })
    }
  }
  expect(await directWritesHold({ wsEngine: Holding })).toBe(false)
})

test.each([true, false])(
  'a server that holds no view yet says so in a way that has a proxy ask another (direct: %s)',
  async direct => {
    const server = await liveServer(direct, { loaded: false })
    ending.push(() => server.live.close())
    const websocket = new WebSocket(`${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`)
    const [, answer]: IncomingMessage[] = await once(websocket, 'unexpected-response')
    expect(answer?.statusCode).toBe(503)
  },
)
