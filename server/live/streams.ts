import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { type Channel, reaches } from '../../shared/domain/channels.ts'
import type { Event, EventId } from '../../shared/domain/events.ts'
import type { Pulse } from '../../shared/domain/socket-protocol.ts'
import { MAX_UNREAD_BYTES, READ_TIMEOUT_MS } from './fanout/wire.ts'
import { type CatchingUp, catchUp, startFromSnapshot } from './resume.ts'
import { resetFrames } from './snapshot.ts'
import type { Live, LiveDeps } from './sockets.ts'

/** How long a client waits before it reconnects: a random time between these, as all may lose a server at once. */
const MIN_RETRY_MS = 500
const MAX_RETRY_MS = 3_500

export type StreamsDeps = Pick<
  LiveDeps,
  'redis' | 'current' | 'snapshot' | 'pulse' | 'channelFacts' | 'onResume' | 'now' | 'log' | 'onInvalid'
> & { random: () => number }

export type Streams = Live & {
  /** Sends the events of these channels, after `since` or from now on, until either side ends it. */
  open(response: ServerResponse, channels: readonly Channel[], since: EventId | undefined): void
}

type Follower = { response: ServerResponse; channels: ReadonlySet<Channel>; isLive: boolean }

/**
 * Serves events as Server-Sent Events, in the same order as the sockets, and resumes by the same rule. A pulse has the
 * place in the stream up to which its receiver has everything.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function serveStreams(deps: StreamsDeps): Streams {
  const followers = new Set<Follower>()
  const resetOf = resetFrames((json, { head }) => Buffer.from(frameOf('reset', json, head)))

  function serve(follower: Follower, work: (client: CatchingUp) => Promise<void>): void {
    work(clientOf(follower, resetOf, deps)).catch(error => {
      deps.log.warn({ error: String(error) }, 'a stream was cut short; the client will try again')
      follower.response.destroy()
    })
  }

  return {
    open(response, channels, since) {
      const follower = { response, channels: new Set(channels), isLive: false }
      followers.add(follower)
      response.once('close', () => followers.delete(follower))
      const retry = MIN_RETRY_MS + deps.random() * (MAX_RETRY_MS - MIN_RETRY_MS)
      response.write(`retry: ${Math.round(retry)}\n\n`)
      serve(follower, async client => deps.onResume(await catchUp(since, deps, client)))
    },
    deliver(events) {
      for (const event of events) {
        let text: string | undefined
        for (const follower of followers) {
          if (!follower.isLive || !reaches(event.channels, follower.channels)) continue
          text ??= frame('event', event, event.id)
          write(follower, text)
        }
      }
    },
    reset(reason, isAffected = () => true) {
      for (const follower of followers) {
        if (!follower.isLive || !isAffected(follower.channels)) continue
        follower.isLive = false
        serve(follower, client => startFromSnapshot(reason, deps, client))
      }
    },
    pulse() {
      const pulse = deps.pulse()
      const text = frame('pulse', pulse, pulse.head)
      for (const follower of followers) write(follower, follower.isLive ? text : comment)
    },
    connected: () => followers.size,
    async close() {
      for (const { response } of followers) response.end()
    },
  }
}

/** A client that leaves too much unread is ended; it resumes when it reconnects. */
function write({ response }: Follower, text: string): void {
  if (response.writableLength > MAX_UNREAD_BYTES) response.destroy()
  else response.write(text)
}

type ResetOf = ReturnType<typeof resetFrames<Buffer>>

function clientOf(follower: Follower, resetOf: ResetOf, deps: StreamsDeps): CatchingUp {
  const { response, channels } = follower
  return {
    channels: () => channels,
    isGone: () => response.destroyed || response.writableEnded,
    send(events) {
      for (const event of events) if (reaches(event.channels, channels)) response.write(frame('event', event, event.id))
    },
    async room() {
      if (!response.writableNeedDrain || response.destroyed) return
      const over = new AbortController()
      const signal = AbortSignal.any([over.signal, AbortSignal.timeout(READ_TIMEOUT_MS)])
      await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })])
      over.abort()
    },
    reset(reason) {
      const packed = deps.snapshot()
      response.write(resetOf(packed.narrowed([...channels], deps.channelFacts), reason))
      return packed.snapshot.head
    },
    goLive() {
      follower.isLive = true
      const pulse = deps.pulse()
      response.write(frame('pulse', pulse, pulse.head))
    },
  }
}

type Messages = { event: Event; pulse: Pulse }

const frame = <T extends keyof Messages>(type: T, data: Messages[T], id: EventId): string =>
  frameOf(type, JSON.stringify(data), id)

/** JSON has no line breaks, so one `data` line holds it all. */
const frameOf = (type: string, json: string, id: EventId): string => `id: ${id}\nevent: ${type}\ndata: ${json}\n\n`

/** A line that clients skip. It shows proxies that the connection is alive. */
const comment = ':\n\n'
