import { type Incident, isActive } from '../../shared/domain/incident.ts'
import { ascending, firstOf } from '../../shared/domain/order.ts'
import type { DayLanes, Lane } from '../history/day-lanes.ts'
import { mostUrgentFirst, type Reader } from '../incidents/incidents.ts'
import { clockTime, type When } from '../ui/time.ts'

/** A lane with the incident that its line of words tells of, and how many others it draws. */
export type DayRow = { lane: Lane; lead: Incident; more: number }

/** What each lane says beside its bars: of what goes on before what is over, then in the order of the lists. */
export function dayRows({ lanes }: Pick<DayLanes, 'lanes'>, reader: Reader): DayRow[] {
  const goingOnFirst = ascending<Incident>(incident => Number(!isActive(incident)))
  const order = firstOf(goingOnFirst, mostUrgentFirst(reader))
  return lanes.flatMap(lane => {
    const [lead, ...others] = lane.bars.map(({ incident }) => incident).sort(order)
    return lead === undefined ? [] : [{ lane, lead, more: others.length }]
  })
}

const HOUR_MS = 3_600_000

/** The hours that an axis names: every third, or every sixth, of the zone. `at` in ms. */
export function hourMarks(from: number, until: number, every: number, when: When): { at: number; name: string }[] {
  const first = Math.ceil(from / HOUR_MS) * HOUR_MS
  const count = Math.max(0, Math.floor((until - first) / HOUR_MS) + 1)
  return Array.from({ length: count }, (_, index) => first + index * HOUR_MS)
    .map(at => ({ at, name: clockTime(at, { ...when, now: at }) }))
    .filter(({ name }) => Number(name.slice(0, 2)) % every === 0)
}
