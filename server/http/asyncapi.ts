import { z } from 'zod'
import { Channel, parseChannel } from '../../shared/domain/channels.ts'
import { Handshake, Pulse, Reset } from '../../shared/domain/socket-protocol.ts'
import { namedSchemas, parameterSchema } from './openapi-schemas.ts'

export type AsyncApiParts = {
  /** What an event is as it is sent, and further schemas under their own names. */
  records: Readonly<Record<string, z.ZodType>> & { Event: z.ZodType }
  /** The query of the stream. */
  streamQuery: z.ZodRawShape
  /** The path under which the server is reached, without a slash at its end. */
  basePath: string
}

const Subscribed = z.union([
  z.object({ ok: z.literal(true), value: z.object({ channels: z.array(Channel) }) }),
  z.object({ ok: z.literal(false), error: z.string() }),
])

/** What the server sends over both transports. */
const told = {
  event: 'Something happened. Its `id` is where a client goes on from.',
  reset: 'The past of this client is gone: it starts again from this snapshot, and goes on from its `head`.',
  pulse:
    'The heartbeat, every 5 s. The first comes before any event and names the head: who named no event has everything up to it. A later one comes only to who has everything up to its head.',
} as const

/** The socket and the stream as an AsyncAPI document, from the server's side. Pure. @see https://www.asyncapi.com/docs/reference/specification/v3.0.0 */
export function asyncApi({ records, streamQuery, basePath }: AsyncApiParts) {
  const schemas = namedSchemas({ ...records, Channel, Pulse, Reset })
  const message = (name: string, summary: string, payload: object) => ({ name, title: name, summary, payload })
  const messages = {
    event: message('event', told.event, schemas.refOfAnswer(records.Event, 'Event')),
    reset: message('reset', told.reset, schemas.refOfAnswer(Reset, 'Reset')),
    pulse: message('pulse', told.pulse, schemas.refOfAnswer(Pulse, 'Pulse')),
    version: message('version', 'The build of the server, first of all.', { type: 'string' }),
    handshake: message('handshake', '`auth` of the connection.', schemas.refOfBody(Handshake, 'Handshake')),
    channels: message(
      'channels',
      'Channels to follow, or to follow no more.',
      schemas.refOfBody(z.array(Channel), 'Channels'),
    ),
    subscribed: message(
      'subscribed',
      'The channels of the socket now, or why not.',
      schemas.refOfAnswer(Subscribed, 'Subscribed'),
    ),
    refusal: message('connect_error', 'Why the socket may not connect, in one line.', {
      ...{ type: 'object', required: ['message'], properties: { message: { type: 'string' } } },
    }),
  }
  const query = Object.fromEntries(
    Object.entries(z.object(streamQuery).shape).map(([name, schema]) => [name, parameterSchema(schema)]),
  )
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Nephoscope',
      version: '1',
      description: `What happens, as it happens. A channel is ${grammar()}. What screens on walls and the page that controls them say to each other is not part of this document.`,
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    servers: {
      socket: { ...server, protocol: 'wss', description: 'socket.io 4, by websocket alone.' },
      stream: { ...server, protocol: 'https', description: 'Server-Sent Events.' },
    },
    channels: {
      socket: {
        address: `${basePath}/socket.io/`,
        servers: [{ $ref: '#/servers/socket' }],
        messages: refsTo('messages', Object.keys(messages)),
        bindings: { ws: { method: 'GET', bindingVersion: '0.1.0' } },
      },
      stream: {
        address: `${basePath}/api/stream`,
        servers: [{ $ref: '#/servers/stream' }],
        messages: refsTo('messages', Object.keys(told)),
      },
    },
    operations: {
      connect: operation('receive', 'socket', ['handshake'], 'A client connects: null counts as absent.', 'refusal'),
      subscribe: operation('receive', 'socket', ['channels'], 'A client follows more channels.', 'subscribed'),
      unsubscribe: operation('receive', 'socket', ['channels'], 'A client follows fewer.', 'subscribed'),
      tellSocket: operation('send', 'socket', ['version', ...Object.keys(told)], 'Each event once and in order.'),
      tellStream: {
        ...operation('send', 'stream', Object.keys(told), 'The same; the `id` of each message is where to go on from.'),
        bindings: { http: { method: 'GET', query: { type: 'object', properties: query }, bindingVersion: '0.3.0' } },
      },
    },
    components: { messages, schemas: schemas.components() },
  }
}

const server = {
  host: '{host}',
  variables: { host: { default: 'localhost:3000', description: 'The host of this server.' } },
}

const refsTo = (of: 'messages', names: readonly string[]) =>
  Object.fromEntries(names.map(name => [name, { $ref: `#/components/${of}/${name}` }]))

function operation(
  action: 'send' | 'receive',
  channel: 'socket' | 'stream',
  names: readonly string[],
  summary: string,
  reply?: string,
) {
  const refOf = (name: string) => ({ $ref: `#/channels/${channel}/messages/${name}` })
  return {
    action,
    channel: { $ref: `#/channels/${channel}` },
    summary,
    messages: names.map(refOf),
    ...(reply !== undefined && { reply: { channel: { $ref: `#/channels/${channel}` }, messages: [refOf(reply)] } }),
  }
}

/** As whoever mistypes a channel is told it. */
function grammar(): string {
  const none = parseChannel('')
  return none.ok ? '' : none.error.slice(none.error.indexOf('use ') + 'use '.length)
}
