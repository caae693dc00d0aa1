import type { Socket } from 'socket.io'
import { z } from 'zod'
import { withinStack } from '../../shared/domain/access.ts'
import { Channel, parseChannel } from '../../shared/domain/channels.ts'
import { fail, ok, type Result } from '../../shared/domain/primitives.ts'
import {
  type ClientToServer,
  type Handshake,
  MAX_CHANNELS,
  type ServerToClient,
  type Subscribed,
} from '../../shared/domain/socket-protocol.ts'
import type { Bearer } from '../access/access.ts'
import { checkChannels, type Known } from './known-channels.ts'

/** The room of sockets that have all they missed and get events live. Not a channel: the grammar has no `@`. */
export const CAUGHT_UP = '@caught-up'

export type SocketData = {
  handshake: Handshake
  address: string
  /** The channels that it joins once it has caught up. Until then it may get nothing live. Empty from then on. */
  wanted: Set<Channel>
  /** Whose token it came with; null where reading is open and it came with none. */
  bearer: Bearer | null
  /** The one stack whose channel it may follow. */
  stack: string | null
  /** Whether it may follow who did what. */
  mayAudit: boolean
}
export type LiveSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>

const hasCaughtUp = (socket: LiveSocket): boolean => socket.rooms.has(CAUGHT_UP)

/** The channels that a socket is in, or joins as soon as it has caught up. */
export const channelsOf = (socket: LiveSocket): Channel[] =>
  hasCaughtUp(socket)
    ? [...socket.rooms].filter(room => room !== socket.id && room !== CAUGHT_UP)
    : [...socket.data.wanted]

/** What answers a socket's wishes. All sockets share the two listeners, which socket.io calls with `this`. */
export function subscriptionsTo(known: Known): (socket: LiveSocket) => void {
  function onSubscribe(this: LiveSocket, channels: unknown, ack: unknown): void {
    answer(ack, subscribe(this, channels, known))
  }
  function onUnsubscribe(this: LiveSocket, channels: unknown, ack: unknown): void {
    answer(ack, unsubscribe(this, channels))
  }
  return socket => {
    socket.on('subscribe', onSubscribe)
    socket.on('unsubscribe', onUnsubscribe)
  }
}

function subscribe(socket: LiveSocket, channels: unknown, known: Known): Result<Subscribed> {
  const checked = parseChannels(channels)
  if (!checked.ok) return checked
  const within = withinStack(socket.data, checked.value)
  if (!within.ok) return within
  const joined = checkChannels(checked.value, known, socket.data.mayAudit)
  if (!joined.ok) return joined
  const all = new Set([...channelsOf(socket), ...joined.value])
  if (all.size > MAX_CHANNELS)
    return fail(`a socket may be in at most ${MAX_CHANNELS} channels; use provider/<id> or all`)
  if (hasCaughtUp(socket)) void socket.join(joined.value)
  else for (const channel of joined.value) socket.data.wanted.add(channel)
  return ok({ channels: [...all] })
}

function unsubscribe(socket: LiveSocket, channels: unknown): Result<Subscribed> {
  const checked = parseChannels(channels)
  if (!checked.ok) return checked
  const mine = new Set(channelsOf(socket))
  for (const channel of checked.value) {
    socket.data.wanted.delete(channel)
    if (mine.has(channel)) void socket.leave(channel)
  }
  return ok({ channels: channelsOf(socket) })
}

function parseChannels(channels: unknown): Result<string[]> {
  const list = z.array(z.string()).max(MAX_CHANNELS).safeParse(channels)
  return list.success ? ok(list.data) : fail(`channels must be a list of at most ${MAX_CHANNELS} texts`)
}

/** One line for a handshake that does not pass its schema. */
export function describeHandshake(auth: unknown, error: z.ZodError): string {
  const named = z.object({ channels: z.array(z.string()) }).safeParse(auth)
  const wrong = named.success ? named.data.channels.find(channel => !Channel.safeParse(channel).success) : undefined
  const parts = wrong === undefined ? undefined : parseChannel(wrong)
  if (parts && !parts.ok) return parts.error
  const issue = error.issues[0]
  return `${['auth', ...(issue?.path ?? [])].join('.')}: ${issue?.message ?? 'not understood'}`
}

function answer(ack: unknown, result: Result<Subscribed>): void {
  if (typeof ack === 'function') ack(result)
}
