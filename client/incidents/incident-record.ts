import { z } from 'zod'
import { RecordRow } from '../../shared/domain/evidence.ts'
import type { OfficeEntry } from '../../shared/domain/handling.ts'
import type { Instant, RecordId } from '../../shared/domain/primitives.ts'
import type { Ask } from '../live/answer-to.ts'
import { answerTo } from '../live/answer-to.ts'
import type { Fact } from '../regions/region-facts.ts'
import { cached, span, type When } from '../ui/time.ts'
import type { Words } from '../words/en/page.ts'

const LedgerAnswer = z.object({ entries: z.array(z.unknown()) })

/** The ledger of an incident, newest first; null where the server gives none. Invalid entries are left out. */
export async function askForRecord(ask: Ask, id: RecordId): Promise<RecordRow[] | null> {
  const answer = LedgerAnswer.safeParse(await answerTo(ask, `/api/incidents/${id}/ledger`))
  return answer.success ? answer.data.entries.flatMap(row => RecordRow.safeParse(row).data ?? []) : null
}

/** A line of the record: what the source said, or what this office did. */
export type RecordLine = { row: RecordRow; ours: null } | { row: null; ours: OfficeEntry }

/** Both lists as one, newest first by our clock; entries without one keep their place. */
export function inOrder(rows: readonly RecordRow[], office: readonly OfficeEntry[]): RecordLine[] {
  const lines: RecordLine[] = []
  let next = 0
  for (const row of rows) {
    for (let ours = office[next]; ours && row.seenAt !== null && ours.at >= row.seenAt; ours = office[++next])
      lines.push({ row: null, ours })
    lines.push({ row, ours: null })
  }
  return [...lines, ...office.slice(next).map(ours => ({ row: null, ours }))]
}

/** An entry as the source said it; null where the server gives nothing. */
export async function askForFragment(ask: Ask, id: RecordId, n: number): Promise<string | null> {
  try {
    const response = await ask(`/api/incidents/${id}/ledger/${n}`)
    return response.ok ? await response.text() : null
  } catch {
    return null
  }
}

/** '24 Nov 2026, 14:02:33': with seconds, as the clocks are compared. */
export const exactTime = (instant: Instant, { zone, words }: Pick<When, 'zone' | 'words'>): string =>
  exactFormat(words.locale, zone).format(Date.parse(instant))

const exactFormat = cached(
  (locale: string, timeZone: string) =>
    new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' }),
)

/** Both clocks of an entry, and the time between them. */
export function clocksOf({ seenAt, saidAt, lagS }: RecordRow, when: When): (Fact & { at: Instant | null })[] {
  const say = when.words.incidentPage.record
  return [
    { label: say.seen, at: seenAt, value: seenAt === null ? say.unseen : exactTime(seenAt, when) },
    { label: say.said, at: saidAt, value: saidAt === null ? say.unsaid : exactTime(saidAt, when) },
    ...(lagS === null ? [] : [{ label: say.lag, at: null, value: lagText(lagS, when.words) }]),
  ]
}

const lagText = (lagS: number, words: Words): string =>
  lagS < 0 ? words.incidentPage.record.ahead(span(-lagS * 1000, words)) : span(lagS * 1000, words)

/** The answer that an entry was read from. */
export function originFacts({ origin }: RecordRow, words: Words): Fact[] {
  const say = words.incidentPage.record
  const { url = null, date = null, etag = null, lastModified = null } = origin ?? {}
  const facts = [
    { label: say.address, value: url },
    { label: say.date, value: date },
    { label: say.etag, value: etag },
    { label: say.lastModified, value: lastModified },
  ]
  return facts.flatMap(({ label, value }) => (value === null ? [] : [{ label, value }]))
}
