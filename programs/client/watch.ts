import { type Message, readMessages } from './messages.ts'
import type { Event, Snapshot } from './records.ts'
import { addressOf, fetchSnapshot, NephoscopeError, request, type ServerOptions } from './request.ts'

/** The past can no longer be continued, or has just begun: start again from this snapshot. */
export type Reset = {
  type: 'reset'
  /** What happens after it has this event before it. */
  id: string
  at: string
  channels: string[]
  data: {
    /** `start`: the first one. Else why events no longer continue what was told: after a long cut, for example. */
    reason: 'start' | 'trimmed' | 'lost' | 'rebuilt'
    snapshot: Snapshot
  }
}

/** `live`: everything that happened has been told. `waiting`: the server cannot be reached; `retryInMs` until the next try. */
export type State =
  | { state: 'connecting' | 'live' }
  | { state: 'waiting'; error: Error; retryInMs: number }
  | { state: 'closed'; error: Error | null }

export type WatchOptions = ServerOptions & {
  /** At most 200, such as `region/azure/westeurope` or `stack/shop`. Everything without any. */
  channels?: readonly string[] | undefined
  /** The id of the last event that you have handled. Absent or null: from now on. */
  since?: string | null | undefined
  /** Each event once, in order. The next one waits until this returns, or until its promise is kept. */
  onEvent?: ((event: Event) => unknown) | undefined
  /** The state from which events go on: at the start where there is no `since`, and after every reset. */
  onSnapshot?: ((snapshot: Snapshot, reason: Reset['data']['reason']) => unknown) | undefined
  onState?: ((state: State) => void) | undefined
  /** Ends it, as `close()` does. */
  signal?: AbortSignal | undefined
}

/** What is followed. Without `onEvent`, iterate over it: it begins with the iteration, and a `reset` comes among the events. */
export type Watch = AsyncIterable<Event | Reset> & {
  close(): void
  /** The id up to which everything was handled. Keep it to go on from there; undefined before the start. */
  readonly since: string | undefined
  /** Resolves when it is closed; rejects when the server refuses for good, or when one of your functions throws. */
  readonly done: Promise<void>
}

/** A server sends a pulse every 5 s. Without a sign for so long the connection is dead, though nobody said so. */
const SILENCE_MS = 20_000
const MIN_DELAY_MS = 1_000
const MAX_DELAY_MS = 30_000

/**
 * Follows channels over cuts, restarts and changes of server: every event once, in order, or a reset.
 * @throws {TypeError} where `url` is no address
 */
export function watch(options: WatchOptions): Watch {
  addressOf(options.url) // a mistake is told at once
  const ending = new AbortController()
  const close = () => ending.abort()
  if (options.signal?.aborted) close()
  options.signal?.addEventListener('abort', close, { once: true })
  const place = { since: options.since ?? undefined }
  let finish = (_error: Error | null) => {}
  const ended = new Promise<Error | null>(resolve => {
    finish = resolve
  })

  async function* items(): AsyncGenerator<Event | Reset> {
    let failure: Error | null = null
    try {
      for await (const item of follow(options, place, ending.signal)) {
        if (item.type === 'reset') await options.onSnapshot?.(item.data.snapshot, item.data.reason)
        if (item.type !== 'reset' || item.data.reason !== 'start') yield item
      }
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error))
      throw failure
    } finally {
      ending.abort() // the consumer has left
      options.signal?.removeEventListener('abort', close)
      options.onState?.({ state: 'closed', error: failure })
      finish(failure)
    }
  }

  async function drain(onEvent: NonNullable<WatchOptions['onEvent']>): Promise<void> {
    for await (const item of items()) if (item.type !== 'reset') await onEvent(item)
  }

  return {
    close,
    get since() {
      return place.since
    },
    done: options.onEvent ? drain(options.onEvent) : ended.then(() => undefined),
    [Symbol.asyncIterator]() {
      if (options.onEvent) throw new TypeError('either give onEvent, or iterate over the watch')
      return items()
    },
  }
}

/** What a pulse says: over how long to spread the next tries, when many lose the server at once. */
type Pulse = { comeBackWithinMs: number }

/** `place.since` moves on when the consumer asks for the next item: until then the last one is not handled. */
async function* follow(
  options: WatchOptions,
  place: { since: string | undefined },
  signal: AbortSignal,
): AsyncGenerator<Event | Reset> {
  const { channels = ['all'], onSnapshot, onState } = options
  let failures = 0
  let spreadMs = MIN_DELAY_MS

  while (!signal.aborted) {
    let error = new Error('the server ended the connection')
    try {
      onState?.({ state: 'connecting' })
      if (place.since === undefined && onSnapshot) {
        const snapshot = await fetchSnapshot({ ...options, channels, signal })
        yield resetOf({ reason: 'start', snapshot }, channels)
        place.since = snapshot.head
      }
      place.since ??= await headOf(options, signal)
      for await (const { id, type, data } of open(options, channels, place.since, signal)) {
        failures = 0
        if (type === 'event')
          yield JSON.parse(data) as Event // the server's schema
        else if (type === 'reset') yield resetOf(JSON.parse(data) as Reset['data'], channels)
        else if (type === 'pulse') {
          spreadMs = (JSON.parse(data) as Pulse).comeBackWithinMs
          onState?.({ state: 'live' })
        }
        if (/^\d+-\d+$/.test(id)) place.since = id
        if (signal.aborted) return
      }
    } catch (caught) {
      if (signal.aborted) return
      if (!(caught instanceof Error) || (caught instanceof NephoscopeError && caught.isFinal)) throw caught
      error = caught
    }
    if (signal.aborted) return
    const retryInMs = delayMs(error, failures++, spreadMs)
    onState?.({ state: 'waiting', error, retryInMs })
    await sleep(retryInMs, signal)
  }
}

function resetOf(data: Reset['data'], channels: readonly string[]): Reset {
  const { head, at } = data.snapshot
  return { type: 'reset', id: head, at, channels: [...channels], data }
}

/** The place in the stream from which to go on when nothing was told yet. */
async function headOf(options: ServerOptions, signal: AbortSignal): Promise<string> {
  const answer = await request(options, 'api/events', {}, 'application/json', signal)
  const { next }: { next: string } = await answer.json()
  return next
}

/** One connection. It ends with an error when the server is silent for too long. */
async function* open(
  options: ServerOptions,
  channels: readonly string[],
  since: string,
  signal: AbortSignal,
): AsyncGenerator<Message> {
  const connection = new AbortController()
  const cut = () => connection.abort()
  signal.addEventListener('abort', cut, { once: true })
  let silence: ReturnType<typeof setTimeout> | undefined
  // Only while we wait: a consumer may take its time with what has come.
  const waits = {
    start() {
      silence = setTimeout(() => connection.abort(new Error('the server is silent')), SILENCE_MS)
    },
    end: () => clearTimeout(silence),
  }
  try {
    waits.start()
    const query = { channels: channels.join(','), since }
    const answer = await request(options, 'api/stream', query, 'text/event-stream', connection.signal)
    waits.end()
    if (answer.body) yield* readMessages(answer.body, waits)
  } finally {
    waits.end()
    signal.removeEventListener('abort', cut)
    cut()
  }
}

/** Longer with every failure, and spread at random: all clients may lose a server at once. */
function delayMs(error: Error, failures: number, spreadMs: number): number {
  const asked = error instanceof NephoscopeError ? (error.retryAfterMs ?? 0) : 0
  const within = Math.min(MAX_DELAY_MS, Math.max(spreadMs, MIN_DELAY_MS * 2 ** failures))
  return Math.round(asked + Math.random() * within)
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const wake = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, ms)
    signal.addEventListener('abort', wake, { once: true })
  })
}
