import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Channel } from '../../shared/domain/channels.ts'
import type { Event, EventId, Pulse, Reset } from '../../shared/domain/events.ts'
import { type CatchingUp, catchUp, startAnew } from './resume.ts'
import { narrow } from './snapshot.ts'
import type { Live, LiveDeps } from './sockets.ts'

/** What may wait for a client that does not read, in bytes; then it is ended, and resumes when it comes again. */
const MOST_BUFFERED = 1024 * 1024
/** How long a client that catches up may take to read one part, in ms. */
const READ_WITHIN_MS = 30_000
/** How long a client is asked to wait before it comes again, in ms: each another time in between, for all may lose a server at once. */
const RETRY_MS = { least: 500, most: 3_500 }

export type StreamsDeps = Pick<
  LiveDeps,
  'redis' | 'current' | 'snapshot' | 'pulse' | 'countryOf' | 'onResume' | 'now' | 'log' | 'onInvalid'
> & {
  /** In [0, 1). */
  random: () => number
}

export type Streams = Live & {
  /** Answers with events of these channels until either side has enough: after `since`, or from now on. */
  open(response: ServerResponse, channels: readonly Channel[], since: EventId | undefined): void
}

type Follower = { response: ServerResponse; channels: ReadonlySet<Channel>; isLive: boolean }

/**
 * Serves events as Server-Sent Events, with the same order and the same rule of resuming as the sockets have.
 * An event's `id` is its place in the stream; so is that of a pulse, for whoever gets it has everything up to there.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function serveStreams(deps: StreamsDeps): Streams {
  const followers = new Set<Follower>()

  function run(follower: Follower, work: (client: CatchingUp) => Promise<void>): void {
    work(clientOf(follower, deps)).catch(error => {
      deps.log.warn({ error: String(error) }, 'a stream was cut short; the client will try again')
      follower.response.destroy()
    })
  }

  return {
    open(response, channels, since) {
      const follower = { response, channels: new Set(channels), isLive: false }
      followers.add(follower)
      response.once('close', () => followers.delete(follower))
      const retry = RETRY_MS.least + deps.random() * (RETRY_MS.most - RETRY_MS.least)
      response.write(`retry: ${Math.round(retry)}\n\n`)
      run(follower, async client => deps.onResume(await catchUp(since, deps, client)))
    },
    deliver(events) {
      for (const event of events) {
        let text: string | undefined
        for (const follower of followers) {
          if (!follower.isLive || !event.channels.some(channel => follower.channels.has(channel))) continue
          text ??= frame('event', event, event.id)
          tell(follower, text)
        }
      }
    },
    reset(reason) {
      for (const follower of followers) {
        if (!follower.isLive) continue
        follower.isLive = false
        run(follower, client => startAnew(reason, deps, client))
      }
    },
    pulse() {
      const pulse = deps.pulse()
      const text = frame('pulse', pulse, pulse.head)
      for (const follower of followers) tell(follower, follower.isLive ? text : comment)
    },
    connected: () => followers.size,
    async close() {
      for (const { response } of followers) response.end()
    },
  }
}

function tell({ response }: Follower, text: string): void {
  if (response.writableLength > MOST_BUFFERED) response.destroy()
  else response.write(text)
}

function clientOf(follower: Follower, deps: StreamsDeps): CatchingUp {
  const { response, channels } = follower
  return {
    gone: () => response.destroyed || response.writableEnded,
    send(events) {
      for (const event of events)
        if (event.channels.some(channel => channels.has(channel))) response.write(frame('event', event, event.id))
    },
    async room() {
      if (!response.writableNeedDrain || response.destroyed) return
      const over = new AbortController()
      const signal = AbortSignal.any([over.signal, AbortSignal.timeout(READ_WITHIN_MS)])
      await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })])
      over.abort()
    },
    reset(reason) {
      const { snapshot } = deps.snapshot()
      const reset: Reset = { reason, snapshot: narrow(snapshot, [...channels], deps.countryOf) }
      response.write(frame('reset', reset, snapshot.head))
      return snapshot.head
    },
    goLive() {
      follower.isLive = true
      const pulse = deps.pulse()
      response.write(frame('pulse', pulse, pulse.head))
    },
  }
}

type Told = { event: Event; reset: Reset; pulse: Pulse }

/**
 * One message of a stream. JSON has no line breaks, so one `data` line holds it all.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
const frame = <T extends keyof Told>(type: T, data: Told[T], id: EventId): string =>
  `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`

/** A line that clients skip: it shows proxies that the connection lives. */
const comment = ':\n\n'
