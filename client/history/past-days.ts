import { z } from 'zod'
import { HISTORY_DAYS, HistoryDay } from '../../shared/domain/history.ts'
import { groupBy } from '../../shared/domain/order.ts'
import { Instant } from '../../shared/domain/primitives.ts'
import { Status, type Status as StatusName, severity } from '../../shared/domain/status.ts'
import type { Ask } from '../live/answer-to.ts'
import { dayText, span, type When } from '../ui/time.ts'

const HistoryAnswer = z.object({ since: Instant.nullable(), days: z.array(HistoryDay).max(HISTORY_DAYS) })
/** What each day was like, oldest first, and since when the place is watched. */
export type PastDays = z.infer<typeof HistoryAnswer>

/** `GET /api/history` of a region or a provider. Rejects when the server gives no answer. */
export async function askForDays(ask: Ask, of: 'region' | 'provider', id: string): Promise<PastDays> {
  const response = await ask(`/api/history?${of}=${id}`)
  if (!response.ok) throw new Error(`GET /api/history answered ${response.status}`)
  return HistoryAnswer.parse(await response.json())
}

const MINUTE_MS = 60_000
const MAX_NAMED_DAYS = 4

/** `share`: of the time that is known, without maintenance; null where nothing is. Times in ms. */
export type Uptime = { share: number | null; knownMs: number; maintenanceMs: number; unknownMs: number }

/** How much of the known time was operational. What nobody has watched counts as neither. */
export function uptime(days: readonly HistoryDay[]): Uptime {
  const sum = (status: StatusName) => days.reduce((total, { minutes }) => total + (minutes[status] ?? 0), 0) * MINUTE_MS
  const all = Status.options.reduce((total, status) => total + sum(status), 0)
  const [unknownMs, maintenanceMs, wellMs] = [sum('unknown'), sum('under_maintenance'), sum('operational')]
  const knownMs = all - unknownMs
  const counted = knownMs - maintenanceMs
  return { share: counted === 0 ? null : wellMs / counted, knownMs, maintenanceMs, unknownMs }
}

/** 'Operational 99.95% of the 88 d that are known. Under maintenance: 3 h. Not known: 2 d.' */
export function uptimeInWords(days: readonly HistoryDay[], { words }: Pick<When, 'words'>): string | null {
  const { share, knownMs, maintenanceMs, unknownMs } = uptime(days)
  if (share === null) return null
  const say = words.days
  return words.lists.sentences([
    // cut, not rounded: a minute of trouble is never all
    say.uptime(Math.floor(share * 10_000) / 10_000, span(knownMs, words)),
    ...(maintenanceMs < MINUTE_MS ? [] : [say.maintenance(span(maintenanceMs, words))]),
    ...(unknownMs < MINUTE_MS ? [] : [say.unknown(span(unknownMs, words))]),
  ])
}

/** One day: '23 Nov: degraded performance, 42 min.' */
export function dayInWords({ day, status, minutes }: HistoryDay, when: When): string {
  const { days, states } = when.words
  const lasted = minutes[status]
  const length = severity[status] > 0 && lasted !== undefined ? span(lasted * MINUTE_MS, when.words) : null
  return days.day({ date: dayText(day, when), state: states.label[status], length })
}

/** The text alternative of the bars: how many days had which state, and which days had trouble. */
export function daysInWords(history: readonly HistoryDay[], when: When): string {
  const { days, lists, states } = when.words
  const byStatus = groupBy(history, ({ status }) => status)
  const counts = worstFirst.flatMap(status => {
    const count = byStatus.get(status)?.length ?? 0
    return count === 0 ? [] : days.count(count, states.label[status])
  })
  const bad = history.filter(({ status }) => severity[status] > 0).reverse()
  const named = bad.map(({ day, status }) => days.named(dayText(day, when), states.label[status]))
  const sum = days.summary(history.length, lists.sentence(counts, counts.length))
  return lists.sentences(bad.length === 0 ? [sum] : [sum, days.bad(lists.sentence(named, MAX_NAMED_DAYS))])
}

const worstFirst: readonly StatusName[] = [...Status.options].sort((a, b) => severity[b] - severity[a])
