import { once } from 'node:events'
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { io } from 'socket.io-client'
import { afterEach, expect, test } from 'vitest'
import type { LiveSocket } from '../../../client/live/connection.ts'
import { openControlConnection } from '../../../client/wall/control-connection.ts'
import type { ScreenOrders, ScreenReport } from '../../../shared/domain/screen.ts'
import type { ClientToServer, ServerToClient } from '../../../shared/domain/socket-protocol.ts'
import { until } from '../../support/temporary-redis.ts'
import { reportOf } from '../../support/wall-servers.ts'

const ended: (() => void)[] = []
afterEach(() => {
  for (const end of ended.splice(0)) end()
})

const orders = (more: Partial<ScreenOrders> = {}): ScreenOrders => ({
  name: 'Lobby',
  place: '',
  pinned: null,
  muted: false,
  revision: 0,
  ...more,
})

/** A server on loopback and a screen that is linked to it. */
async function linked(answer: { orders: ScreenOrders; watched: boolean }) {
  const http = createServer()
  const server = new Server<ClientToServer, ServerToClient>(http)
  const reports: ScreenReport[] = []
  const pictures: string[] = []
  server.on('connection', socket => {
    socket.on('report', (report, ack) => {
      reports.push(report)
      ack({ ok: true, value: answer })
    })
    socket.on('picture', (picture, ack) => {
      pictures.push(picture)
      ack({ ok: true, value: true })
    })
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const address = http.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const socket: LiveSocket = io(`http://127.0.0.1:${address.port}`, { transports: ['websocket'], forceNew: true })
  const followed: ScreenOrders[] = []
  const performed: string[] = []
  const link = openControlConnection({
    extend: use => use(socket),
    report: () => reportOf('a'.repeat(32)),
    perform(task) {
      if (task.kind === 'scene') throw new Error('nothing to show')
      performed.push(task.kind)
    },
    follow: given => followed.push(given),
    screenshot: async () => 'data:image/webp;base64,AAAA',
    now: () => performance.now(),
  })
  ended.push(() => {
    link.stop()
    socket.disconnect()
    void server.close()
  })
  await until(() => reports.length > 0, 'the first report')
  const [there] = await server.fetchSockets()
  const give = (task: object) => server.timeout(1_000).emitWithAck('task', task as never)
  return { there, reports, pictures, followed, performed, give, link }
}

test('a screen reports when it connects, follows its orders, and reports again when something changes', async () => {
  const { reports, followed, pictures, link } = await linked({ orders: orders({ muted: true }), watched: false })
  await until(() => followed.length > 0, 'the orders to be followed')
  expect(followed).toEqual([orders({ muted: true })])
  link.reportSoon()
  await until(() => reports.length > 1, 'the change to be told')
  expect(followed).toHaveLength(1)
  expect(pictures).toEqual([])
})

test('it sends a picture while somebody looks', async () => {
  const { pictures } = await linked({ orders: orders(), watched: true })
  await until(() => pictures.length > 0, 'a picture')
})

test('it does what it is told and says so; what it cannot do or understand it does not', async () => {
  const { give, performed, followed } = await linked({ orders: orders(), watched: false })
  expect(await give({ kind: 'identify' })).toEqual([true])
  expect(await give({ kind: 'orders', orders: orders({ pinned: 'map', revision: 4 }) })).toEqual([true])
  expect(await give({ kind: 'scene', scene: 'news' })).toEqual([false])
  expect(await give({ kind: 'explode' })).toEqual([false])
  expect(performed).toEqual(['identify'])
  expect(followed.at(-1)).toEqual(orders({ pinned: 'map', revision: 4 }))
})
