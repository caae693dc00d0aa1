import { type Incident, isPublic, regionsEverIn, servicesEverIn } from './incident.ts'
import { type LedgerEntry, timeOfEntry } from './ledger.ts'
import { ascending, firstOf } from './order.ts'
import { type Instant, sourceOf } from './primitives.ts'

/**
 * From the word to our own account to the public one, in s, by our clock and by theirs: above 0 where the account was
 * told first; null where it is not known.
 */
export type Lead = { ours: number | null; theirs: number | null }

/** An incident that tells the same beside another, one of them to our account and one to everybody. */
export type JoinedWord = { other: Incident; lead: Lead }

/**
 * The incidents that tell to the public what this one tells to our account, or the other way round. They stay two
 * records. Both are of one provider, and the private one's id is also the public one's, or stands in its words; or,
 * where a cloud has no id for both (Azure's feed, Google), they name a common service and a common region and began
 * within an hour of each other. Pure.
 */
export function joinedWords(incident: Incident, all: Iterable<Incident>): JoinedWord[] {
  const words: JoinedWord[] = []
  for (const other of all) {
    if (isPublic(other) === isPublic(incident) || other.provider !== incident.provider) continue
    const [own, told] = isPublic(incident) ? [other, incident] : [incident, other]
    if (isSame(own, told)) words.push({ other, lead: leadOf(own, told) })
  }
  return words.sort(ascending(({ other }) => other.startedAt))
}

const isSame = (own: Incident, told: Incident): boolean =>
  nativeOf(own) === nativeOf(told) ||
  isNamedIn(nativeOf(own), told) ||
  (withoutCommonIds.has(own.provider) && isOfSamePlace(own, told))

const nativeOf = ({ id }: Incident): string => id.slice(sourceOf(id).length + 1)

/** Azure's ids, such as `NA0F-BJG`, stand in the words of its public pages. */
const isNamedIn = (native: string, { title, url, entries }: Incident): boolean =>
  /^[a-z\d]{4}-[a-z\d]{3}$/.test(native) &&
  [title, url ?? '', ...entries.map(({ text }) => text)].some(text => text.toLowerCase().includes(native))

const withoutCommonIds: ReadonlySet<string> = new Set(['azure', 'google'])

/** How far apart the same trouble may begin in two words, in ms. */
const SAME_START_MS = 60 * 60_000

function isOfSamePlace(own: Incident, told: Incident): boolean {
  const isSameTime = Math.abs(Date.parse(own.startedAt) - Date.parse(told.startedAt)) <= SAME_START_MS
  const services = new Set(servicesEverIn(own))
  const regions = new Set(regionsEverIn(own))
  return (
    isSameTime &&
    servicesEverIn(told).some(id => services.has(id)) &&
    (regionsEverIn(told).some(id => regions.has(id)) || (own.scope === 'global' && told.scope === 'global'))
  )
}

function leadOf(own: Incident, told: Incident): Lead {
  const [mine, theirs] = [firstWord(own), firstWord(told)]
  return { ours: between(mine.seenAt, theirs.seenAt), theirs: between(mine.saidAt, theirs.saidAt) }
}

const between = (from: Instant | null, to: Instant | null): number | null =>
  from === null || to === null ? null : Math.round((Date.parse(to) - Date.parse(from)) / 1000)

/** When an incident was first told. Where its first entry is left out, its regions still say when we read it. */
function firstWord({ entries, everRegions }: Incident): { seenAt: Instant | null; saidAt: Instant | null } {
  const first = entries.at(-1)
  if (first?.n === 1) return { seenAt: first.seenAt, saidAt: first.saidAt }
  const [seenAt = null] = everRegions.map(({ from }) => from).sort()
  return { seenAt, saidAt: null }
}

/** An entry of one of several incidents. */
export type TimedWord = { incident: Incident; entry: LedgerEntry; at: Instant }

/** What several incidents said, on one line of time by our clock, the first first. Entries without words say nothing. */
export const lineOfTime = (incidents: readonly Incident[]): TimedWord[] =>
  incidents
    .flatMap(incident =>
      incident.entries
        .filter(({ text }) => text !== '')
        .map(entry => ({ incident, entry, at: entry.seenAt ?? timeOfEntry(entry) })),
    )
    .sort(
      firstOf(
        ascending('at'),
        ascending(({ entry }) => entry.n),
      ),
    )
