import { isDeepStrictEqual } from 'node:util'
import type { Incident } from '../../shared/domain/incident.ts'
import { type LedgerEntry, type LedgerState, stateOf, timeOfEntry } from '../../shared/domain/ledger.ts'
import type { Instant } from '../../shared/domain/primitives.ts'
import type { IncidentUpdate, ReadIncident } from '../formats/reader.ts'

/** How a reading is dated. `says`: whether the times in it are the source's own. */
type Dating = { seenAt: Instant; says: boolean; evidence(): string | undefined }

/**
 * The entries that a reading adds to the ledger of an incident, oldest first; none if it tells the same. Words that are
 * new make one entry each, and a change without words makes one without. Pure.
 * @param before the stored incident; undefined at the first reading
 */
export function newEntries(before: Incident | undefined, read: ReadIncident, dating: Dating): LedgerEntry[] {
  const words = newWords(before, read.updates)
  const stated = before === undefined ? stateOf(read) : differenceOf(before, read)
  const changed =
    before === undefined || before.status !== read.status || Object.keys(stated).length > 0 || isRenamed(before, read)
  if (words.length === 0 && !changed) return []
  const first = (before?.entries[0]?.n ?? 0) + 1
  const { seenAt, says } = dating
  const evidence = dating.evidence()
  const entries = words.map(({ update, isRewrite, isDated }, index): LedgerEntry => {
    const isLast = index === words.length - 1
    return {
      n: first + index,
      seenAt,
      saidAt: says && isDated ? update.at : null,
      update: update.id,
      ...(isRewrite ? { isRewrite } : {}),
      // At later readings all words are seen at once: the status is that of the reading.
      status: isLast || isRewrite ? read.status : update.status,
      text: update.text,
      ...(evidence === undefined ? {} : { evidence }),
    }
  })
  if (entries.length === 0)
    entries.push({
      n: first,
      seenAt,
      saidAt: says && (before === undefined || isLater(read.updatedAt, before.saidAt)) ? read.updatedAt : null,
      update: null,
      status: read.status,
      text: '',
      ...(evidence === undefined ? {} : { evidence }),
    })
  // The state is known of the present alone. Older words of a first reading have it too.
  const holder = before === undefined ? 0 : entries.length - 1
  const left = before?.regions.filter(region => !read.regions.includes(region)) ?? []
  const changes = { ...stated, ...(left.length > 0 ? { regionsRemoved: left } : {}) }
  return entries.map((entry, index) => (index === holder ? { ...entry, ...changes } : entry))
}

type NewWords = { update: IncidentUpdate; isRewrite: boolean; isDated: boolean }

/** The updates that the ledger does not have, oldest first. */
function newWords(before: Incident | undefined, updates: readonly IncidentUpdate[]): NewWords[] {
  const known = new Map<string, { text: string; saidAt: Instant | null }>()
  for (const { update, text, saidAt } of before?.entries ?? []) {
    const newer = known.get(update ?? '')
    if (update !== null) known.set(update, { text: newer?.text ?? text, saidAt: newer?.saidAt ?? saidAt })
  }
  const oldest = before?.entries.at(-1)
  const cutAt = oldest !== undefined && oldest.n > 1 ? timeOfEntry(oldest) : null
  return updates.toReversed().flatMap((update): NewWords[] => {
    const entry = known.get(update.id)
    if (entry === undefined) {
      // An old update whose entry the record no longer carries.
      if (cutAt !== null && update.at <= cutAt) return []
      return [{ update, isRewrite: false, isDated: true }]
    }
    if (entry.text === update.text) return []
    return [{ update, isRewrite: true, isDated: isLater(update.at, entry.saidAt) }]
  })
}

/** Whether the source has moved its date; not where it gave none. */
const isLater = (at: Instant, before: Instant | null): boolean => before !== null && at > before

function differenceOf(before: LedgerState, after: LedgerState): Partial<LedgerState> {
  const isChanged = ([field, value]: [string, unknown]) => !isDeepStrictEqual(value, Reflect.get(before, field))
  return Object.fromEntries(Object.entries(stateOf(after)).filter(isChanged))
}

/** What we show beside the state: the source's word for the stage, and zones. */
const isRenamed = (before: Incident, read: ReadIncident): boolean =>
  before.rawStatus !== read.rawStatus || !isDeepStrictEqual(before.zones ?? [], read.zones ?? [])
