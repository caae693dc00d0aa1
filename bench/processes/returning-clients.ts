import { setTimeout as sleep } from 'node:timers/promises'
import { answerCommands } from '../support/child.ts'
import { beginsWith } from '../support/connection.ts'
import { addToChecksum } from '../support/measuring.ts'
import { maskedTextFrame, openWebsocket } from '../support/websocket.ts'

/** Clients that connect at once at first: fewer than a listening socket queues. */
const WAVE = 100
const LONGEST_WAIT_MS = 3_000
const PATH = '/socket.io/?EIO=4&transport=websocket'
const OPEN = Buffer.from('0{')
const PING = Buffer.from('2')
const PONG = maskedTextFrame('3')
const JOINED = Buffer.from('40{')
const EVENT = Buffer.from('42["event",')
const RESET = Buffer.from('42["reset",')
const PULSE = Buffer.from('42["pulse",')
/** Ends of events: our id, and the offset that socket.io adds. */
const ID = /"id":"([\d-]+)"\}\]$/
const OFFSET = /"([^"]+)"\]$/
const PID = /"pid":"([^"]+)"/

export type ReturningClients = {
  /**
   * Connects so many clients that follow every event after `since`, and reconnect when the connection ends: to our
   * server, or with `isStock` to a socket.io that recovers connections.
   */
  connect(options: { port: number; clients: number; since: string; isStock?: boolean }): Promise<void>
  current(events: number): number
  /** The distinct sequences of events that clients got: their number, the checksum of their ids, how many clients. */
  sequences(): Sequence[]
  resets(): number
  refused(): number
  /** How often a client was let in, at first and later. */
  joins(): number
}

export type Sequence = { events: number; checksum: number; clients: number }

/** @property pid of a stock client: the session that it comes back to */
type Client = { since: string; pid: string | null; isStock: boolean; events: number; checksum: number; attempt: number }

const clients: Client[] = []
/** Over how long clients shall spread their return, as the server last said, in ms. */
let comeBackWithinMs = 1_000
let resets = 0
let refused = 0
let joins = 0

/** The wait of socket.io's client, whose first is half of that, with full jitter. */
const wait = (attempt: number): number =>
  Math.min(
    LONGEST_WAIT_MS,
    (comeBackWithinMs / 2) * 2 ** attempt * (1 + (Math.random() < 0.5 ? -1 : 1) * Math.random()),
  )

const authOf = ({ isStock, pid, since }: Client): object =>
  isStock ? (pid === null ? {} : { pid, offset: since }) : { channels: ['all'], since }

function connectClient(client: Client, port: number, joined: () => void): void {
  let isJoined = false
  openWebsocket(port, PATH, {
    open: () => undefined,
    message(bytes, start, end, socket) {
      if (beginsWith(bytes, start, end, EVENT)) {
        const id = (client.isStock ? OFFSET : ID).exec(bytes.toString('latin1', Math.max(start, end - 60), end))?.[1]
        if (id === undefined) throw new Error('an event without an id at its end')
        client.since = id
        client.events += 1
        client.checksum = addToChecksum(client.checksum, id)
      } else if (beginsWith(bytes, start, end, OPEN))
        socket.write(maskedTextFrame(`40${JSON.stringify(authOf(client))}`))
      else if (beginsWith(bytes, start, end, JOINED)) {
        isJoined = true
        joins += 1
        client.attempt = 0
        if (client.isStock) client.pid = PID.exec(bytes.toString('latin1', start, end))?.[1] ?? null
        joined()
      } else if (beginsWith(bytes, start, end, PULSE))
        comeBackWithinMs = Number(/"comeBackWithinMs":(\d+)/.exec(bytes.toString('latin1', start, end))?.[1] ?? 1_000)
      else if (beginsWith(bytes, start, end, RESET)) resets += 1
      else if (beginsWith(bytes, start, end, PING)) socket.write(PONG)
    },
    async end() {
      if (!isJoined) refused += 1
      await sleep(wait(client.attempt++))
      connectClient(client, port, joined)
    },
  })
}

const commands: ReturningClients = {
  async connect({ port, clients: count, since, isStock = false }) {
    for (let left = count; left > 0; left -= WAVE) {
      const wave = Array.from({ length: Math.min(WAVE, left) }, () => {
        const client = { since, pid: null, isStock, events: 0, checksum: 0, attempt: 0 }
        clients.push(client)
        return new Promise<void>(resolve => connectClient(client, port, resolve))
      })
      await Promise.all(wave)
    }
  },
  current: events => clients.filter(client => client.events >= events).length,
  sequences() {
    const all = new Map<string, Sequence>()
    for (const { events, checksum } of clients) {
      const key = `${events} ${checksum}`
      const same = all.get(key) ?? { events, checksum, clients: 0 }
      same.clients += 1
      all.set(key, same)
    }
    return [...all.values()]
  },
  resets: () => resets,
  refused: () => refused,
  joins: () => joins,
}
answerCommands(commands)
