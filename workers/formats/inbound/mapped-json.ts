import { fail, ok } from '../../../shared/domain/primitives.ts'
import type { Stage } from '../../../shared/domain/status.ts'
import type { JsonMap } from '../../config/inbound-config.ts'
import { mergePlaces } from '../../places/places.ts'
import { parseDate } from '../../text/dates.ts'
import { webUrl } from '../../text/web-url.ts'
import { recordsOf, word } from '../json.ts'
import { digest } from '../reading.ts'
import { lookUp } from '../status-words.ts'
import { type InboundContext, type InboundReader, postReading, privateIncident, type Told } from './inbound-reader.ts'
import { impactOfWord } from './severity-words.ts'

/** Any JSON, by the paths of the source's `map`. A post without a time is of the time at which it came. */
export const mappedJson: InboundReader = {
  read(post, context) {
    const { map } = context.source
    if (map === undefined) return fail('the source has no map: say where a post has its id and title')
    const listed = map.each === undefined ? [post] : at(post, map.each)
    if (!Array.isArray(listed)) return fail(`there is no list at '${map.each}' in the post: see the map of the source`)
    const entries = listed.slice(0, 1000)
    const undated = new Set<object>()
    const incidents = recordsOf(entries, listed.length, {
      what: 'entries',
      needs: `a text at '${map.id}' and at '${map.title}'`,
      read(entry: unknown) {
        const told = toldBy(entry, map, context)
        if (told === null) return null
        const incident = privateIncident(told, context)
        if (told.saidAt === null) undated.add(incident)
        return [incident]
      },
    })
    if (!incidents.ok) return incidents
    return ok(
      postReading(
        incidents.value,
        incidents.value.filter(incident => undated.has(incident)),
      ),
    )
  },
}

/** The value at a path: keys and places in lists, with dots between them. Undefined where it leads nowhere. */
function at(value: unknown, path: string): unknown {
  let found = value
  for (const key of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined
    found = Reflect.get(found, key)
  }
  return found
}

function toldBy(entry: unknown, map: JsonMap, { source, places }: InboundContext): Told | null {
  const textAt = (path: string | undefined): string => (path === undefined ? '' : word.parse(at(entry, path)))
  const listAt = (path: string | undefined): string[] => (path === undefined ? [] : textsIn(at(entry, path)))
  const native = textAt(map.id)
  const title = textAt(map.title)
  if (native === '' || title === '') return null
  const startedAt = parseDate(textAt(map.startedAt))
  const endedAt = parseDate(textAt(map.endedAt))
  const written = textAt(map.status)
  const status = lookUp(stages, written) ?? (endedAt !== null && written === '' ? 'resolved' : 'investigating')
  const saidAt = parseDate(textAt(map.updatedAt)) ?? (status === 'resolved' ? endedAt : startedAt)
  const text = textAt(map.text)
  return {
    native,
    title,
    status,
    rawStatus: lookUp(stages, written) === null ? written : '',
    impact: impactOfWord(textAt(map.severity)),
    where: mergePlaces(listAt(map.regions).map(region => places(source.provider, region))),
    services: listAt(map.services),
    startedAt,
    saidAt,
    endedAt,
    url: webUrl(textAt(map.url)),
    words: { id: digest(JSON.stringify([written, text, saidAt])), text },
  }
}

/** A text, a list of texts, or a text with commas. */
const textsIn = (value: unknown): string[] =>
  (Array.isArray(value) ? value.map(one => word.parse(one)) : word.parse(value).split(/,\s*/))
    .filter(Boolean)
    .slice(0, 200)
    .map(text => text.slice(0, 200))

const words: Partial<Record<Stage, string>> = {
  resolved:
    'resolved,resolve,ok,okay,closed,close,inactive,up,normal,green,healthy,recovered,recovery,ended,fixed,false,0',
  identified: 'identified',
  monitoring: 'monitoring,acknowledged',
  investigating: 'firing,open,active,down,alerting,alert,triggered,trigger,problem,investigating,true,1',
}
const stages = new Map(
  Object.entries(words).flatMap(([stage, names]) => names.split(',').map(name => [name, stage as Stage] as const)), // its keys are stages
)
