import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { answerCommands } from '../support/child.ts'
import { beginsWith } from '../support/connection.ts'
import { maskedTextFrame, openWebsocket } from '../support/websocket.ts'

/** Clients that connect at once at first: fewer than a listening socket queues. */
const WAVE = 100
/** The wait of socket.io's client before it reconnects, the same for all: this doubled each time, with full jitter. */
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 5_000
/** Of every event, ours and those of `eventOf`. No other part of a message looks like it. */
const EVENT_ID = /"id":"(\d{13}-\d+)"/g

export type LosingClients = {
  /** Connects so many clients that follow everything, and that reconnect as their protocol wants it. */
  connect(options: { port: number; clients: number; dialect: ReturnDialect; since: string }): Promise<void>
  /** Cuts the connection of each client with this probability. */
  cut(probability: number): void
  /** How many clients are connected, and have the newest event. */
  current(): number
  tally(): Tally
}

/**
 * @property missed events that a client never got, in total, and `missedBy` so many clients
 * @property doubled events that a client got twice or after a later one
 * @property resets returns that the server could not resume, and said so
 */
export type Tally = { events: number; cuts: number; missed: number; missedBy: number; doubled: number; resets: number }

export type ReturnDialect = keyof typeof dialects

/** @property place after which a client wants to go on, and `session` in which */
type Client = {
  place: string | undefined
  session: string | undefined
  socket: Socket | undefined
  attempt: number
  newest: number
  missed: number
  doubled: number
}

/** What a client says, and when it is connected. The last word that a server needs of it is in `place`. */
type Dialect = {
  path(client: Client): string
  subprotocol?: string
  /** The message to which a client says hello; null: it has nothing to say. */
  greeting: Buffer | null
  hello(client: Client): string
  /** The message after which events come; null: they come from the handshake on. */
  joined: Buffer | null
  ping: { from: Buffer; answer: Buffer }
  placeOf?: RegExp
  sessionOf?: RegExp
  reset?: RegExp
}

const engine = {
  path: () => '/socket.io/?EIO=4&transport=websocket',
  greeting: Buffer.from('0{'),
  joined: Buffer.from('40{'),
  ping: { from: Buffer.from('2'), answer: maskedTextFrame('3') },
}

const dialects = {
  nephoscope: {
    ...engine,
    hello: ({ place }) => `40${JSON.stringify({ channels: ['all'], since: place })}`,
    placeOf: /"id":"([\d-]+)"\}\]$/,
    reset: /^42\["re(?:set|new)"/,
  },
  stock: { ...engine, hello: () => '40' },
  /** @see https://socket.io/docs/v4/socket-io-protocol/ and its recovery: the offset is the last part of an event */
  recovering: {
    ...engine,
    hello: ({ session, place }) => `40${JSON.stringify({ pid: session, offset: place })}`,
    placeOf: /"([^"]+)"\]$/,
    sessionOf: /"pid":"([^"]+)"/,
  },
  nats: {
    path: () => '/',
    greeting: Buffer.from('INFO '),
    hello: () => 'CONNECT {"verbose":false}\r\nSUB all 1\r\nPING\r\n',
    joined: Buffer.from('PONG'),
    ping: { from: Buffer.from('PING'), answer: maskedTextFrame('PONG\r\n') },
  },
  /** @see https://nchan.io/#the-ws-meta-nchan-subprotocol */
  nchan: {
    path: ({ place }) => (place === undefined ? '/' : `/?last_event_id=${encodeURIComponent(place)}`),
    subprotocol: 'ws+meta.nchan',
    greeting: null,
    hello: () => '',
    joined: null,
    ping: { from: Buffer.from('\0'), answer: maskedTextFrame('') },
    placeOf: /^id: (\S+)/,
  },
} satisfies Record<string, Dialect>

const clients: Client[] = []
/** The number of each event, in the order of the stream: somebody is always connected. */
const numbers = new Map<string, number>()
let cuts = 0
let resets = 0

function onEvent(client: Client, id: string): void {
  let number = numbers.get(id)
  if (number === undefined) {
    number = numbers.size
    numbers.set(id, number)
  }
  if (number <= client.newest) client.doubled += 1
  else {
    client.missed += number - client.newest - 1
    client.newest = number
  }
}

function connectClient(client: Client, port: number, dialect: Dialect, joined: () => void): void {
  const isConnected = (socket: Socket) => {
    client.socket = socket
    client.attempt = 0
    joined()
  }
  const path = dialect.path(client)
  const opened = openWebsocket(
    port,
    path,
    {
      open() {
        if (dialect.joined === null) isConnected(opened)
      },
      message(bytes, start, end, socket) {
        if (dialect.greeting !== null && beginsWith(bytes, start, end, dialect.greeting))
          return socket.write(maskedTextFrame(dialect.hello(client)))
        if (beginsWith(bytes, start, end, dialect.ping.from)) return socket.write(dialect.ping.answer)
        const text = bytes.toString('latin1', start, end)
        if (dialect.joined !== null && beginsWith(bytes, start, end, dialect.joined)) {
          const session = dialect.sessionOf?.exec(text)?.[1]
          if (client.session !== undefined && session !== client.session) resets += 1
          client.session = session
          return isConnected(socket)
        }
        if (dialect.reset?.test(text)) resets += 1
        const ids = [...text.matchAll(EVENT_ID)]
        for (const [, id = ''] of ids) onEvent(client, id)
        if (ids.length > 0) client.place = dialect.placeOf?.exec(text)?.[1] ?? client.place
      },
      async end() {
        client.socket = undefined
        await sleep(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** client.attempt++ * 2 * Math.random()))
        connectClient(client, port, dialect, joined)
      },
    },
    dialect.subprotocol,
  )
}

const isCurrent = ({ socket, newest }: Client): boolean => socket !== undefined && newest === numbers.size - 1

const commands: LosingClients = {
  async connect({ port, clients: count, dialect, since }) {
    for (let left = count; left > 0; left -= WAVE) {
      const wave = Array.from({ length: Math.min(WAVE, left) }, () => {
        const place = dialect === 'nephoscope' ? since : undefined
        const client: Client = {
          place,
          session: undefined,
          socket: undefined,
          attempt: 0,
          newest: -1,
          missed: 0,
          doubled: 0,
        }
        clients.push(client)
        return new Promise<void>(resolve => connectClient(client, port, dialects[dialect], resolve))
      })
      await Promise.all(wave)
    }
  },
  cut(probability) {
    for (const { socket } of clients) {
      if (socket === undefined || Math.random() >= probability) continue
      socket.destroy()
      cuts += 1
    }
  },
  current: () => clients.filter(isCurrent).length,
  tally: () => ({
    events: numbers.size,
    cuts,
    missed: clients.reduce((sum, { missed }) => sum + missed, 0),
    missedBy: clients.filter(({ missed }) => missed > 0).length,
    doubled: clients.reduce((sum, { doubled }) => sum + doubled, 0),
    resets,
  }),
}
answerCommands(commands)
