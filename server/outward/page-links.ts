import { type Channel, formatChannel, parseChannel } from '../../shared/domain/channels.ts'
import { type Page, pathOf } from '../../shared/domain/pages.ts'
import { publicView } from '../../shared/domain/private-words.ts'
import { channelName } from './channel-name.ts'
import { escapeMarkup } from './markup.ts'
import type { SubjectFacts } from './subject.ts'

/** The channel that a page shows. @param stack the stack of the settings that the address names */
export function channelOfPage(page: Page, stack: string | null = null): Channel {
  switch (page.name) {
    case 'region':
      return formatChannel({ kind: 'region', region: page.region })
    case 'provider':
      return formatChannel({ kind: 'provider', provider: page.provider })
    case 'incident':
      return formatChannel({ kind: 'incident', incident: page.incident })
    default:
      if (stack !== null) return formatChannel({ kind: 'stack', stack })
      return page.name === 'news' ? 'news' : page.name === 'incidents' ? 'status' : 'all'
  }
}

/** The path of the frame that shows what a page is about; null where it is about nothing in particular. */
export function frameOfPage(page: Page, stack: string | null): `/embed/${string}` | null {
  switch (page.name) {
    case 'region':
    case 'incident':
      return `/embed/${channelOfPage(page)}`
    case 'provider':
      return `/embed/vendor/${page.provider}`
    case 'dashboard':
      return stack === null ? null : `/embed/stack/${stack}`
    default:
      return null
  }
}

export type PageLinksInput = {
  page: Page
  stack: string | null
  facts: SubjectFacts
  /** The public address; null where it is not known, and then nothing names it. */
  base: string | null
  basePath: string
}

const feeds = [
  { ending: 'rss', type: 'application/rss+xml' },
  { ending: 'atom', type: 'application/atom+xml' },
  { ending: 'json', type: 'application/feed+json' },
]

/**
 * How feed readers, calendars and sites that embed find what belongs to a page, as HTML. Pure.
 * @see https://www.rssboard.org/rss-autodiscovery https://oembed.com/#section4
 */
export function pageLinks({ page, stack, facts: all, base, basePath }: PageLinksInput): string {
  const facts = { ...all, view: publicView(all.view) }
  const channel = channelOfPage(page, stack)
  const parts = parseChannel(channel)
  const name = parts.ok ? channelName(parts.value, facts) : channel
  const link = (type: string, title: string, href: string) =>
    `<link rel="alternate" type="${type}" title="${escapeMarkup(title)}" href="${escapeMarkup(href)}">`
  const address = base + pathOf(page) + (stack === null || page.name !== 'dashboard' ? '' : `?stack=${stack}`)
  return [
    ...feeds.map(({ ending, type }) => link(type, `Nephoscope: ${name}`, `${basePath}/feeds/${channel}.${ending}`)),
    ...(channel === 'news'
      ? []
      : [link('text/calendar', `Maintenance: ${name}`, `${basePath}/calendar/${channel}.ics`)]),
    ...(base === null || frameOfPage(page, stack) === null || isUnknown(page, facts)
      ? []
      : [link('application/json+oembed', name, `${base}/oembed?format=json&url=${encodeURIComponent(address)}`)]),
  ].join('\n    ')
}

/** An incident of a private word, or that is no longer in the view, has no frame. */
const isUnknown = (page: Page, { view }: SubjectFacts): boolean =>
  page.name === 'incident' && !view.incidents.has(page.incident)
