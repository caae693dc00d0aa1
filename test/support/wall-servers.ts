import { io, type Socket } from 'socket.io-client'
import type { Result } from '../../shared/domain/primitives.ts'
import type { ScreenReport, ScreenTask } from '../../shared/domain/screen.ts'
import type { ClientToServer, ServerToClient } from '../../shared/domain/socket-protocol.ts'
import { freePort } from './free-port.ts'
import { type Role, startRole } from './role.ts'
import { type TemporaryRedis, temporaryRedis, until } from './temporary-redis.ts'

export const ADMIN = 'the-admin-token-of-the-walls'
export const VIEW = 'the-view-token-of-the-walls'

type Servers = { redis: TemporaryRedis; urls: string[]; roles: Role[]; close(): Promise<void> }

/** Servers on one Redis, without workers: screens need no news. */
export async function wallServers(...environments: Record<string, string>[]): Promise<Servers> {
  const redis = await temporaryRedis()
  const started = await Promise.all(
    environments.map(async environment => {
      const port = await freePort()
      const common = { REDIS_URL: redis.url, PORT: String(port), HANDSHAKES_PER_MINUTE: '0', REQUESTS_PER_MINUTE: '0' }
      return { url: `http://127.0.0.1:${port}`, role: startRole('server', { ...common, ...environment }) }
    }),
  )
  for (const { url } of started)
    await until(async () => (await fetch(`${url}/readyz`).catch(() => undefined))?.status === 200, `${url} to be ready`)
  return {
    redis,
    urls: started.map(({ url }) => url),
    roles: started.map(({ role }) => role),
    async close() {
      await Promise.all(started.map(({ role }) => role.stop('SIGKILL')))
      await redis.close()
    },
  }
}

export type WallSocket = Socket<ServerToClient, ClientToServer>

/** A socket of an own connection; it resolves when it is connected and rejects with what the server says against it. */
export async function wallSocket(url: string, token?: string): Promise<WallSocket> {
  const socket: WallSocket = io(url, {
    transports: ['websocket'],
    auth: { channels: [], token },
    reconnection: false,
    forceNew: true,
  })
  await new Promise<void>((resolve, reject) => socket.on('connect', resolve).on('connect_error', reject))
  return socket
}

export const reportOf = (id: string, more: Partial<ScreenReport> = {}): ScreenReport => ({
  id,
  name: null,
  address: '/wall',
  build: 'b1',
  width: 1920,
  height: 1080,
  pixelRatio: 1,
  theme: 'night',
  scenes: ['map', 'news'],
  scene: 'map',
  pinned: null,
  muted: false,
  alerting: false,
  fps: 60,
  visible: true,
  asOf: null,
  ...more,
})

/** A screen as a program: reports once, and does what it is told. */
export async function wallScreen(url: string, report: ScreenReport, token?: string) {
  const socket = await wallSocket(url, token)
  const tasks: ScreenTask[] = []
  socket.on('task', (task, done) => {
    tasks.push(task)
    done(true)
  })
  const reported = await socket.emitWithAck('report', report)
  return { socket, tasks, reported }
}

/** What a result holds; the test fails with its line otherwise. */
export function valueIn<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error)
  return result.value
}

/** A request with a token: what it answers, as JSON where it is any. */
export async function ask(url: string, path: string, token: string, method = 'GET', body?: object) {
  const answer = await fetch(url + path, {
    method,
    headers: { Authorization: `Bearer ${token}`, ...(body ? { 'Content-Type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await answer.text()
  return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : text }
}
