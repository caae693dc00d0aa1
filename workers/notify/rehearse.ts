import type { CountryOf } from '../../shared/domain/channels.ts'
import type { Event } from '../../shared/domain/events.ts'
import type { OfficeSettings } from '../../shared/domain/notice.ts'
import type { RecordId } from '../../shared/domain/primitives.ts'
import { applyEvent, emptyView } from '../../shared/domain/view.ts'
import type { Rule } from '../config/notify-config.ts'
import { incidentOf } from './decide/missed.ts'
import { deciderOf, limits, type World } from './notifier.ts'
import { type ComposeDeps, composeDigest, composeMessage } from './words/compose.ts'
import type { Message } from './words/message.ts'

/** What only the time changes is looked at this often, in ms. */
const STEP_MS = 60_000

export type Rehearsal = {
  /** Oldest first. */
  events: readonly Event[]
  settings: OfficeSettings
  rules: readonly Rule[]
  world: World
  countryOf: CountryOf
  publicUrl: string | null
  /** Until when, in ms. */
  until: number
}

/** What these rules would have told of past events. Pure. */
export function rehearse(given: Rehearsal): { rule: Rule; message: Message }[] {
  const { events, settings, rules, publicUrl, until } = given
  const view = { ...emptyView(), settings }
  const { decider, book, names } = deciderOf(
    given,
    view,
    { rules },
    { conversations: new Map(), memories: new Map(), missed: null },
  )
  const told: { rule: Rule; message: Message }[] = []
  const take = (now: number): void => {
    const deps: ComposeDeps = { view, book, names, publicUrl, acknowledgeUrlOf: () => null, now }
    const { told: decided, digests } = decider.take()
    for (const one of decided) told.push({ rule: one.rule, message: composeMessage(one, deps) })
    for (const one of digests) told.push({ rule: one.rule, message: composeDigest(one, deps) })
  }
  const first = events[0]
  if (first === undefined) return told
  let now = Date.parse(first.at)
  decider.lookAtAll(now)
  const passUntil = (at: number): void => {
    for (; now + STEP_MS <= at; now += STEP_MS) {
      decider.tick(now + STEP_MS)
      take(now + STEP_MS)
    }
  }
  let looked = new Map<RecordId, boolean>()
  for (const [index, event] of events.entries()) {
    const at = Date.parse(event.at)
    passUntil(at)
    const id = incidentOf(event)
    // what the stream does not see begin was open before
    const isOld = id !== null && !view.incidents.has(id) && event.type !== 'incident.opened'
    if (event.type !== 'office.changed') applyEvent(view, event, limits)
    if (id !== null && !looked.has(id)) looked.set(id, isOld)
    if (events[index + 1]?.at === event.at) continue // what one reading brought is decided on together
    for (const [id, isOld] of looked) decider.look(id, isOld, Math.max(now, at))
    looked = new Map()
    take(Math.max(now, at))
  }
  passUntil(until)
  return told
}
