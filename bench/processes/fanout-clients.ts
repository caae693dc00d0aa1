import { answerCommands } from '../support/child.ts'
import { beginsWith } from '../support/connection.ts'
import { openEventStream } from '../support/event-stream.ts'
import { cpuSeconds, sharedNow } from '../support/measuring.ts'
import { maskedTextFrame, openWebsocket } from '../support/websocket.ts'

/** Clients that connect at once: fewer than a listening socket queues. */
const WAVE = 100

export type FanoutClients = {
  /** Connects so many more clients. They follow every event, or each one of these channels in turn. */
  connect(more: { port: number; clients: number; dialect: DialectName; channels?: readonly string[] }): Promise<void>
  rounds(clients: number): void
  /** When the last client got the event of that round (counted from 0), by `sharedNow`. */
  completed(round: number): Promise<number>
  /** How many events the clients with the fewest and the most of them got. */
  counts(): { least: number; most: number }
  cpuSeconds(): number
}

export type DialectName = keyof typeof dialects

/** What a client must know of a server's protocol: messages are recognized by their beginning. */
type Dialect = {
  openConnection: typeof openWebsocket
  path: string
  event: Buffer
  /** The message after which events come; null: they come from the handshake on. */
  joined: Buffer | null
  /** The answers of a client that wants these channels, and the messages that they answer. */
  answers(channels: readonly string[]): { to: Buffer; frame: Buffer }[]
}

const PING = Buffer.from('2')
const PONG = maskedTextFrame('3')

/** @see https://socket.io/docs/v4/engine-io-protocol/ https://socket.io/docs/v4/socket-io-protocol/ */
const dialects = {
  plain: { openConnection: openWebsocket, path: '/', event: Buffer.from('{"id"'), joined: null, answers: () => [] },
  'event-stream': {
    openConnection: openEventStream,
    path: '/',
    event: Buffer.from('id: 1764028800000-'),
    joined: null,
    answers: () => [],
  },
  /** @see https://docs.nats.io/reference/reference-protocols/nats-protocol */
  nats: {
    openConnection: openWebsocket,
    path: '/',
    event: Buffer.from('MSG '),
    joined: Buffer.from('PONG'),
    answers: channels => [
      {
        to: Buffer.from('INFO '),
        frame: maskedTextFrame(
          `CONNECT {"verbose":false}\r\n${channels.map(name => `SUB ${name} 1\r\n`).join('')}PING\r\n`,
        ),
      },
      { to: Buffer.from('PING'), frame: maskedTextFrame('PONG\r\n') },
    ],
  },
  'socket.io': {
    openConnection: openWebsocket,
    path: '/socket.io/?EIO=4&transport=websocket',
    event: Buffer.from('42["event"'),
    joined: Buffer.from('40{'),
    answers: channels => [
      { to: Buffer.from('0{'), frame: maskedTextFrame(`40${JSON.stringify({ channels })}`) },
      { to: PING, frame: PONG },
    ],
  },
} satisfies Record<string, Dialect>

const received: number[] = []
let total = 0
let each = 0
/** The total at the end of the round. */
let due = 0
const completions: number[] = []
const waiting = new Map<number, (at: number) => void>()

/** The next event is sent when all clients have the last one, so every full count ends a round. */
function onEvent(client: number): void {
  received[client] = (received[client] ?? 0) + 1
  total += 1
  if (total !== due) return
  due += each
  const at = sharedNow()
  completions.push(at)
  waiting.get(completions.length - 1)?.(at)
}

/** Resolves when events may come; rejects when the server refuses the client, or ends the connection before that. */
function connectClient(port: number, dialect: Dialect, channel: string, onEvent: () => void): Promise<void> {
  const answers = dialect.answers([channel])
  return new Promise((resolve, reject) => {
    dialect.openConnection(port, dialect.path, {
      open() {
        if (dialect.joined === null) resolve()
      },
      message(bytes, start, end, socket) {
        if (beginsWith(bytes, start, end, dialect.event)) onEvent()
        else if (dialect.joined !== null && beginsWith(bytes, start, end, dialect.joined)) resolve()
        else for (const { to, frame } of answers) if (beginsWith(bytes, start, end, to)) socket.write(frame)
      },
      end: reject,
    })
  })
}

const commands: FanoutClients = {
  async connect({ port, clients, dialect, channels }) {
    for (let left = clients; left > 0; left -= WAVE) {
      const wave = Array.from({ length: Math.min(WAVE, left) }, () => {
        const client = received.push(0) - 1
        const channel = channels?.[client % channels.length] ?? 'all'
        return connectClient(port, dialects[dialect], channel, () => onEvent(client))
      })
      await Promise.all(wave)
    }
  },
  rounds(clients) {
    each = clients
    due = total + each
  },
  completed(round) {
    const at = completions[round]
    return at === undefined ? new Promise(resolve => waiting.set(round, resolve)) : Promise.resolve(at)
  },
  counts: () => ({
    least: received.reduce((least, count) => Math.min(least, count), Number.POSITIVE_INFINITY),
    most: received.reduce((most, count) => Math.max(most, count), 0),
  }),
  cpuSeconds,
}
answerCommands(commands)
