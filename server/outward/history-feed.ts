import type { Incident } from '../../shared/domain/incident.ts'
import { descending, firstOf } from '../../shared/domain/order.ts'
import { changedAt, earlier, firstDate } from './dates.ts'
import { type Feed, type FeedItem, newestFeed, tag } from './feed.ts'
import { escapeMarkup, textAsHtml } from './markup.ts'
import type { SummaryFacts } from './status-summary.ts'
import type { PageAddress, PageSubject } from './statuspage.ts'

const MAX_INCIDENTS = 50

/**
 * The history of a status page, as Statuspage has it: an item an incident with all of its words, newest first. Pure.
 * @param self the address that was asked
 */
export function historyFeed(
  { name, incidents }: PageSubject,
  { view, now }: Pick<SummaryFacts, 'view' | 'now'>,
  { page, base }: PageAddress,
  self: string,
): Feed {
  const newest = incidents.toSorted(firstOf(descending('startedAt'), descending('id'))).slice(0, MAX_INCIDENTS)
  const asOf = changedAt(view, now)
  const items = newest.map(incident => historyItem(incident, base, asOf))
  return newestFeed(items, { title: `${name} - Incident History`, home: page, self, asOf })
}

function historyItem(incident: Incident, base: string, asOf: string): FeedItem {
  const { id, title, kind, impact, startedAt, scheduledFor, scheduledUntil, updatedAt, entries } = incident
  const words = entries.map(entry => ({ ...entry, at: firstDate(entry.saidAt, entry.seenAt) ?? updatedAt }))
  const announcedAt = words.map(({ at }) => at).reduce(earlier, startedAt)
  const window =
    scheduledFor === null
      ? []
      : [`Planned for ${minute(scheduledFor)}${scheduledUntil === null ? '' : ` to ${minute(scheduledUntil)}`}`]
  return {
    id: tag(`history/${id}`),
    title,
    url: `${base}/incident/${id}`,
    text: words.map(({ text }) => text).join('\n'),
    html: [
      ...window.map(text => `<p><strong>${escapeMarkup(text)}</strong></p>`),
      ...words.map(
        ({ at, status, text }) =>
          `<p><small>${minute(at)}</small><br><strong>${stage(status)}</strong> - ${textAsHtml(text)}</p>`,
      ),
    ].join('\n'),
    // what is planned is announced before it starts
    publishedAt: earlier(announcedAt, asOf),
    updatedAt: earlier(updatedAt, asOf),
    author: null,
    image: null,
    tags: [kind, impact],
  }
}

const minute = (instant: string): string => `${escapeMarkup(instant.slice(0, 16).replace('T', ' '))} UTC`

/** 'In progress' */
const stage = (status: string): string => status.charAt(0).toUpperCase() + status.slice(1).replace('_', ' ')
