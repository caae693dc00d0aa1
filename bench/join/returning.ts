import { setTimeout as sleep } from 'node:timers/promises'
import { beginsWith } from '../fanout/dialects.ts'
import { maskedTextFrame } from '../fanout/frames.ts'
import { openWebsocket } from '../fanout/open-websocket.ts'
import { answerCommands } from '../support/commands.ts'
import { chained } from './chain.ts'

/** Clients that connect at once at first; fewer than a listening socket lets wait. */
const WAVE = 100
/** The longest wait of the page between two attempts, in ms. */
const LONGEST_MS = 3_000
const PATH = '/socket.io/?EIO=4&transport=websocket'
const OPEN = Buffer.from('0{')
const PING = Buffer.from('2')
const PONG = maskedTextFrame('3')
const JOINED = Buffer.from('40{')
const EVENT = Buffer.from('42["event",')
const RESET = Buffer.from('42["reset",')
const PULSE = Buffer.from('42["pulse",')

export type Returning = {
  /** Connects so many clients that follow everything after this event, and come back whenever they are cut off. */
  connect(options: { port: number; clients: number; since: string }): Promise<void>
  /** How many have got so many events. */
  current(events: number): number
  /** What each got, as `chained` tells it, and how many got just that. */
  chains(): { events: number; chain: number; clients: number }[]
  /** How many were told to start anew. */
  resets(): number
  /** How often a connection was tried in vain. */
  refused(): number
}

type Client = { since: string; events: number; chain: number; attempt: number }

const clients: Client[] = []
/** What the server last asked of those who come back, in ms. */
let comeBackWithinMs = 1_000
let resets = 0
let refused = 0

/** As socket.io's client does with a first wait of half of that, all of it random. */
const wait = (attempt: number): number =>
  Math.min(LONGEST_MS, (comeBackWithinMs / 2) * 2 ** attempt * (1 + (Math.random() < 0.5 ? -1 : 1) * Math.random()))

function follow(client: Client, port: number, joined: () => void): void {
  let there = false
  openWebsocket(port, PATH, {
    open: () => undefined,
    message(bytes, start, end, socket) {
      if (beginsWith(bytes, start, end, EVENT)) {
        const id = /"id":"([\d-]+)"\}\]$/.exec(bytes.toString('latin1', Math.max(start, end - 60), end))?.[1]
        if (id === undefined) throw new Error('an event without an id at its end')
        client.since = id
        client.events += 1
        client.chain = chained(client.chain, id)
      } else if (beginsWith(bytes, start, end, OPEN))
        socket.write(maskedTextFrame(`40${JSON.stringify({ channels: ['all'], since: client.since })}`))
      else if (beginsWith(bytes, start, end, JOINED)) {
        there = true
        client.attempt = 0
        joined()
      } else if (beginsWith(bytes, start, end, PULSE))
        comeBackWithinMs = Number(/"comeBackWithinMs":(\d+)/.exec(bytes.toString('latin1', start, end))?.[1] ?? 1_000)
      else if (beginsWith(bytes, start, end, RESET)) resets += 1
      else if (beginsWith(bytes, start, end, PING)) socket.write(PONG)
    },
    async end() {
      if (!there) refused += 1
      await sleep(wait(client.attempt++))
      follow(client, port, joined)
    },
  })
}

const commands: Returning = {
  async connect({ port, clients: count, since }) {
    for (let left = count; left > 0; left -= WAVE) {
      const wave = Array.from({ length: Math.min(WAVE, left) }, () => {
        const client = { since, events: 0, chain: 0, attempt: 0 }
        clients.push(client)
        return new Promise<void>(resolve => follow(client, port, resolve))
      })
      await Promise.all(wave)
    }
  },
  current: events => clients.filter(client => client.events >= events).length,
  chains() {
    const all = new Map<string, { events: number; chain: number; clients: number }>()
    for (const { events, chain } of clients) {
      const key = `${events} ${chain}`
      const same = all.get(key) ?? { events, chain, clients: 0 }
      same.clients += 1
      all.set(key, same)
    }
    return [...all.values()]
  },
  resets: () => resets,
  refused: () => refused,
}
answerCommands(commands)
