import { isEnded } from '../../shared/domain/incident.ts'
import type { OwnedRecords } from '../../shared/redis/poll-state.ts'
import type { ReadSource } from '../config/source-config.ts'
import { withoutSecrets, withSecrets } from '../config/url-secrets.ts'
import { fragmentsOf } from '../formats/fragments.ts'
import type { Reader, ReadIncident, Reading } from '../formats/reader.ts'
import type { Http } from '../http/http.ts'
import type { PlaceMatcher } from '../places/places.ts'
import type { Said } from './evidence.ts'
import { timingOf } from './pace.ts'
import { struckAnswer } from './struck-answer.ts'

type PastDeps = { http: Pick<Http, 'get'>; places: PlaceMatcher; now: () => number }

export type Past = { incidents: readonly ReadIncident[]; said: readonly Said[] }
export const noPast: Past = { incidents: [], said: [] }

/** What the source says elsewhere of what has ended; none where its host does not say, for that is no fault of the source. */
export async function fetchPast(source: ReadSource, { history, accept }: Reader, deps: PastDeps): Promise<Past> {
  const url = history?.address(withSecrets(source.url, source.secrets)) ?? null
  if (history === undefined || url === null) return noPast
  const timeoutMs = timingOf(source.everyMs).timeoutMs
  const answer = await deps.http.get({ url, accept, timeoutMs, etag: null, lastModified: null })
  if (answer.kind !== 'fresh') return noPast
  const struck = struckAnswer(answer, source.secrets)
  const past = history.read(struck, { source, places: deps.places, now: deps.now() })
  if (!past.ok) return noPast
  const said = {
    fragments: fragmentsOf(past.value),
    first: { answer: struck, url: history.address(source.url) ?? source.url },
  }
  return { incidents: withoutSecrets(past.value, source.secrets), said: [said] }
}

/** The past beside a reading. Of what is known only the end is news: a list of the past may not say where it was. */
export function endedIn(
  { history }: Reader,
  past: Past,
  read: Reading,
  known: OwnedRecords['incidents'],
): ReadIncident[] {
  const ended = history?.beside(past.incidents, read.incidents) ?? []
  if (history?.asked === 'first') return ended
  return ended.flatMap(incident => {
    const before = known.get(incident.id)
    if (before === undefined || isEnded(before)) return []
    const { scope, regions, services, serviceIds } = before
    return [{ ...incident, scope, regions, services, ...(serviceIds && { serviceIds }) }]
  })
}
