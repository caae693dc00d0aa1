import { type Incident, isActive } from '../../shared/domain/incident.ts'
import { fail, ok, type Result } from '../../shared/domain/result.ts'
import type { Asked } from '../ask.ts'
import type { ReadContext, Reading } from '../sources/reader.ts'
import { saidStatus } from '../sources/status-words.ts'
import type { Candidate } from './candidates.ts'

/** Whether an answer is in the candidate's format: its reading, or one line that says why not. */
export async function judge(
  { reader, source, isAtHome }: Candidate,
  asked: Asked,
  context: Omit<ReadContext, 'source'>,
): Promise<Result<Reading>> {
  if (asked.kind === 'failed') return fail(asked.reason)
  if (asked.kind === 'held') return fail(`${asked.host} asks to be left alone for ${Math.ceil(asked.waitMs / 1000)} s`)
  if (asked.kind === 'unchanged') return fail('the host says that nothing has changed, but was not asked')
  const read = await reader.read(asked, { ...context, source })
  if (!read.ok) return read
  const { incidents, components, articles } = read.value
  if (incidents.length + components.length + articles.length === 0 && !isAtHome)
    return fail('the answer may be in this format, but it is empty, so that nobody can tell')
  if (reader.kind === 'rss-status' && !tellsStatus(read.value))
    return fail('it is a feed, but most of its items do not say how far an incident is')
  return ok(read.value)
}

/** A status page's history says it of every incident; news may say it of some. */
const tellsStatus = ({ incidents }: Reading): boolean => incidents.filter(saysStatus).length * 2 > incidents.length

/** An item of several updates, each with a status of its own, has told it already. */
const saysStatus = ({ title, updates }: Incident): boolean =>
  updates.length > 1 || saidStatus(title, updates[0]?.text ?? '') !== null

/** What a match says of itself, for a person: what was found, and the line to add. */
export function tell({ source }: Candidate, reading: Reading): string {
  const { id, kind, url, provider } = source
  const quoted = `'${url.replaceAll("'", "''")}'`
  const list = kind === 'feed' ? 'feeds' : 'sources'
  const line =
    kind === 'feed'
      ? `{ id: ${id}, url: ${quoted} }`
      : `{ id: ${id}, kind: ${kind}, url: ${quoted}, provider: ${provider} }`
  return `${kind}: ${contents(reading)}\nAdd this under ${list}, with an id and a provider of your choice:\n  - ${line}`
}

const SHOWN_REGIONS = 8

function contents({ incidents, components, articles }: Reading): string {
  const regions = [...new Set([...incidents, ...components, ...articles].flatMap(record => record.regions))].sort()
  const open = incidents.filter(isActive).length
  const parts = [
    count(components.length, 'component'),
    incidents.length === 0 ? '' : `${count(incidents.length, 'incident')} (${open} open)`,
    count(articles.length, 'article'),
  ].filter(part => part !== '')
  const places = regions.length > SHOWN_REGIONS ? [...regions.slice(0, SHOWN_REGIONS), '…'] : regions
  return `${parts.join(', ') || 'nothing at present'}; ${places.length > 0 ? `in ${places.join(' ')}` : 'no region that we know'}`
}

const count = (n: number, thing: string): string => (n === 0 ? '' : `${n} ${thing}${n === 1 ? '' : 's'}`)
