import { setTimeout as sleep } from 'node:timers/promises'
import { compareEventIds, type Event, type EventId, ORIGIN } from '../../../shared/domain/events.ts'
import { followStream } from '../../support/event-source.ts'
import type { Line } from '../../support/line.ts'
import { listen } from '../../support/listener.ts'

/** Somebody who follows channels, over a line of their own. */
export type Witness = {
  name: string
  channels: readonly string[]
  line: Line
  /** Everything that they were given, in runs: each begins behind an event, at first the stream's beginning and then a reset. */
  runs(): { behind: EventId; ids: EventId[] }[]
  close(): void
}

/** Over a socket. */
export function socketWitness(name: string, channels: readonly string[], line: Line): Witness {
  const listener = listen(line.url, [...channels], ORIGIN)
  return {
    name,
    channels,
    line,
    runs() {
      const begins = [0, ...listener.resetsAt]
      return [ORIGIN, ...listener.resets.map(({ snapshot }) => snapshot.head)].map((behind, n) => ({
        behind,
        ids: listener.events.slice(begins[n], begins[n + 1]).map(({ id }) => id),
      }))
    },
    close: listener.close,
  }
}

/** A pulse comes every 5 s: after so long without one a program takes a stream for dead, in ms. */
const SILENCE_MS = 12_000

/** Over Server-Sent Events. */
export function streamWitness(name: string, line: Line): Witness {
  const runs: { behind: EventId; ids: EventId[] }[] = [{ behind: ORIGIN, ids: [] }]
  let last: EventId = ORIGIN
  let isOver = false
  void (async () => {
    while (!isOver) {
      const follower = followStream(`${line.url}/api/stream?channels=all`, { 'Last-Event-ID': last })
      let read = 0
      for (
        let heardAt = Date.now();
        !isOver && !follower.ended() && Date.now() - heardAt < SILENCE_MS;
        await sleep(50)
      ) {
        for (const message of follower.messages.slice(read)) {
          read += 1
          heardAt = Date.now()
          last = message.id
          if (message.event === 'event') runs.at(-1)?.ids.push(message.id)
          if (message.event === 'reset') runs.push({ behind: message.id, ids: [] })
        }
      }
      follower.close()
      await sleep(100)
    }
  })()
  const close = () => {
    isOver = true
  }
  return { name, channels: ['all'], line, runs: () => runs, close }
}

/** Whether the witness has the newest event of their channels. */
export function isCurrent({ channels, runs }: Witness, stream: readonly Event[]): boolean {
  const wanted = stream.findLast(event => isIn(event, channels))?.id
  const { behind = ORIGIN, ids = [] } = runs().at(-1) ?? {}
  return wanted === undefined || ids.at(-1) === wanted || (ids.length === 0 && compareEventIds(behind, wanted) >= 0)
}

/**
 * What is wrong with what the witness was given: each run must hold every event of the channels that stands behind its
 * beginning, once, in order. Only a run that ended in a reset may have more at its end: what Redis lost.
 * @returns null when nothing is
 */
export function faultIn({ name, channels, runs }: Witness, stream: readonly Event[]): string | null {
  const all = runs()
  for (const [n, { behind, ids }] of all.entries()) {
    const wanted = stream
      .filter(event => isIn(event, channels) && compareEventIds(event.id, behind) > 0)
      .map(({ id }) => id)
    const standing = new Set(wanted)
    const isLast = n === all.length - 1
    const kept = isLast ? ids : ids.slice(0, ids.findLastIndex(id => standing.has(id)) + 1)
    const differs = kept.findIndex((id, at) => id !== wanted[at])
    if (differs >= 0)
      return `${name}, run ${n + 1} of ${all.length} behind ${behind}: has ${kept.slice(differs, differs + 5)} where the stream has ${wanted.slice(differs, differs + 5)}`
    if (isLast && ids.length < wanted.length)
      return `${name}: lacks ${wanted.length - ids.length} events from ${wanted[ids.length]} on`
    const lost = ids.slice(kept.length)
    const unordered = ids.findIndex((id, at) => compareEventIds(ids[at - 1] ?? behind, id) >= 0)
    if (lost.length > 0 && unordered >= 0) return `${name}, run ${n + 1}: ${ids[unordered]} is out of order`
  }
  return null
}

const isIn = (event: Event, channels: readonly string[]): boolean =>
  event.channels.some(channel => channels.includes(channel))
