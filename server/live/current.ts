import { isDeepStrictEqual } from 'node:util'
import { compareEventIds, type Event, type EventId } from '../../shared/domain/events.ts'
import type { Incident } from '../../shared/domain/incident.ts'
import type { RecordId } from '../../shared/domain/primitives.ts'
import { type Tells, tellsAll, toldView } from '../../shared/domain/private-words.ts'
import type { StackFacts } from '../../shared/domain/reason.ts'
import type { Stack } from '../../shared/domain/stack.ts'
import { type StackChannels, stackChannels } from '../../shared/domain/stack-channels.ts'
import { applyEvent, emptyView, trimView, type View, viewLimits } from '../../shared/domain/view.ts'

/** What this server knows: the view and the newest events. */
export type Current = {
  readonly view: View
  readonly recent: Recent
  readonly loaded: boolean
  /** What this server tells: the view and the newest events hold nothing else. What is read from the store may. */
  readonly tells: Tells
  /** The stacks of the settings. The same object as long as they are the same. */
  readonly stacks: KnownStacks
  /** Starts from a loaded view and the newest events that led to it, oldest first, without a gap. */
  replace(view: View, newest?: readonly Event[]): void
  /** Applies events. Returns them with the channels of the stacks, as clients get them. */
  apply(events: readonly Event[]): Event[]
}

export type KnownStacks = StackChannels & { facts: StackFacts }

/** @param world what is known beside the stacks: the services, and what vendors run on */
export function currentState(world: Omit<StackFacts, 'stacks'> = nothingKnown, tells: Tells = tellsAll): Current {
  let view = emptyView()
  const stacks = knownStacks(world, id => view.incidents.get(id))
  let recent = recentEvents(view.head)
  let loaded = false
  const isTold = ({ data }: Event) => tells(data)
  return {
    tells,
    get view() {
      return view
    },
    get recent() {
      return recent
    },
    get loaded() {
      return loaded
    },
    get stacks() {
      return stacks(view.settings.stacks)
    },
    replace(stored, newest = []) {
      const next = toldView(stored, tells)
      trimView(next, viewLimits)
      view = next
      recent = recentOf(next.head, newest.filter(isTold).map(stacks(next.settings.stacks).address))
      loaded = true
    },
    apply(events) {
      const told = events.filter(isTold).map(event => {
        applyEvent(view, event, viewLimits)
        return stacks(view.settings.stacks).address(event)
      })
      recent.push(told)
      return told
    },
  }
}

const nothingKnown: Omit<StackFacts, 'stacks'> = { services: new Map(), dependencies: () => [], siteOf: () => null }

function knownStacks(
  world: Omit<StackFacts, 'stacks'>,
  incidentOf: (id: RecordId) => Incident | undefined,
): (stacks: readonly Stack[]) => KnownStacks {
  let known: KnownStacks | undefined
  let of: readonly Stack[] = []
  return stacks => {
    if (known !== undefined && stacks === of) return known
    const isSame = known !== undefined && isDeepStrictEqual(stacks, of)
    of = stacks
    if (known !== undefined && isSame) return known
    const facts = { ...world, stacks: new Map(stacks.map(stack => [stack.id, stack])) }
    known = { ...stackChannels(stacks, facts, incidentOf), facts }
    return known
  }
}

/** After a restart, clients that reconnect find in memory what they missed. */
function recentOf(head: EventId, newest: readonly Event[]): Recent {
  const [base, ...events] = newest
  if (base === undefined || newest.at(-1)?.id !== head) return recentEvents(head)
  const recent = recentEvents(base.id)
  recent.push(events)
  return recent
}

/** The newest events in memory: most clients that reconnect cost Redis nothing. */
type Recent = {
  push(events: readonly Event[]): void
  /** At most `max` events after `id`, oldest first, and no more bytes; undefined when `id` is not in memory. */
  after(id: EventId, max?: number, maxBytes?: number): Event[] | undefined
  /** The id before that of the first event in memory. */
  readonly base: EventId
  readonly newest: EventId
  /** Of the events as JSON. */
  readonly bytes: number
}

const MAX_RECENT_EVENTS = 10_000
const MAX_RECENT_BYTES = 16 * 1024 * 1024

/** @param base the id before that of the first event that will be pushed */
export function recentEvents(base: EventId, capacity = MAX_RECENT_EVENTS, maxBytes = MAX_RECENT_BYTES): Recent {
  let events: Event[] = []
  let sizes: number[] = []
  let bytes = 0
  let oldest = base
  return {
    push(more) {
      for (const event of more) {
        const size = Buffer.byteLength(JSON.stringify(event))
        events.push(event)
        sizes.push(size)
        bytes += size
      }
      // Cut rarely and by a quarter: a push costs next to nothing.
      if (events.length <= capacity * 1.25 && bytes <= maxBytes) return
      let cut = Math.max(0, events.length - capacity)
      bytes -= sum(sizes.slice(0, cut))
      if (bytes > maxBytes) for (; bytes > maxBytes * 0.75; cut++) bytes -= sizes[cut] ?? 0
      oldest = events[cut - 1]?.id ?? oldest
      events = events.slice(cut)
      sizes = sizes.slice(cut)
    },
    after(id, max = events.length, maxBytes = Number.POSITIVE_INFINITY) {
      const index = id === oldest ? -1 : find(events, id)
      if (index === -1 && id !== oldest) return undefined
      const first = index + 1
      let end = first
      for (let taken = 0; end < events.length && end - first < max; end++) {
        taken += sizes[end] ?? 0
        if (taken > maxBytes && end > first) break
      }
      return events.slice(first, end)
    },
    get base() {
      return oldest
    },
    get newest() {
      return events.at(-1)?.id ?? oldest
    },
    get bytes() {
      return bytes
    },
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

/** Binary search: stream ids only grow. */
function find(events: readonly Event[], id: EventId): number {
  let low = 0
  let high = events.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const order = compareEventIds(events[middle]?.id ?? '', id)
    if (order === 0) return middle
    if (order < 0) low = middle + 1
    else high = middle - 1
  }
  return -1
}
