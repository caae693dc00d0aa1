import type { IncidentUpdate } from '../../shared/domain/incident.ts'
import type { Instant } from '../../shared/domain/primitives.ts'
import { ok, type Result } from '../../shared/domain/result.ts'
import { datedUpdates } from './dated-updates.ts'
import { latest, parseDate } from './dates.ts'
import { one, recordsOf } from './entries.ts'
import type { FeedEntry } from './feed-document.ts'
import { oneLine, plainText } from './plain-text.ts'
import type { Answer } from './reader.ts'
import { readRss } from './rss.ts'
import { webUrl } from './web-url.ts'

/** What Oracle's feed tells of an incident; of its services and regions only the names, which may be 'Multiple Regions'. */
export type OracleItem = {
  /** The id by which the report of components names it as well. */
  id: string
  service: string
  region: string
  startedAt: Instant
  updatedAt: Instant
  url: string | null
  /** Newest first. */
  updates: IncidentUpdate[]
}

/**
 * Oracle's incidents: one item each, that grows with every update and stays when it is over. Its title is
 * '<service> | <region> | <reference>', and every update is a paragraph that begins with its time and its status.
 * @see https://ocistatus.oraclecloud.com/api/v2/incident-summary.rss
 */
export async function readOracleFeed(answer: Answer): Promise<Result<OracleItem[]>> {
  const feed = await readRss(answer)
  if (!feed.ok) return feed
  const entries = feed.value.entries.slice(0, 1000)
  const items = recordsOf(entries, entries.length, {
    what: 'items',
    needs: 'a guid, a title and a pubDate',
    read: entry => one(itemOf(entry)),
  })
  return items.ok ? ok(items.value) : items
}

function itemOf(entry: FeedEntry): OracleItem | null {
  const at = parseDate(entry.published)
  const [service = '', region = ''] = oneLine(entry.title).split(' | ')
  if (entry.id === '' || service === '' || at === null) return null
  const updates = datedUpdates(plainText(entry.summary || entry.content), at)
  return {
    id: entry.id,
    service,
    region,
    startedAt: updates.at(-1)?.at ?? at,
    updatedAt: latest([at, updates[0]?.at ?? null]) ?? at,
    url: webUrl(entry.link),
    updates,
  }
}
