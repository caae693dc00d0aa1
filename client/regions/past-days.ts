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
