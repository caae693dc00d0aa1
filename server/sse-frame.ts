import type { Event, EventId, Pulse, Reset } from '../shared/domain/events.ts'

type Told = { event: Event; reset: Reset; pulse: Pulse }

/**
 * One message of a stream. JSON has no line breaks, so one `data` line holds it all.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export const frame = <T extends keyof Told>(type: T, data: Told[T], id: EventId): string =>
  `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`

/** A line that clients skip: it shows proxies that the connection lives. */
export const comment = ':\n\n'
