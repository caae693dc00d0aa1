import { type Article, byNewest } from '../../shared/domain/article.ts'
import { withoutPosts } from '../../shared/domain/coverage.ts'
import { groupStories } from '../../shared/domain/group-stories.ts'
import { type Incident, isActive, isEnded, statusOfIncident } from '../../shared/domain/incident.ts'
import type { Notice } from '../../shared/domain/notice.ts'
import { firstOf } from '../../shared/domain/order.ts'
import type { Source } from '../../shared/domain/source.ts'
import type { Status } from '../../shared/domain/status.ts'
import {
  concernFirst,
  endOf,
  latestEndFirst,
  lengthText,
  mostUrgentFirst,
  startText,
  whereText,
} from '../incidents/incidents.ts'
import { type Catalogue, publisher } from '../live/catalogue.ts'
import { namingOf, reasonsText } from '../stacks/reason-text.ts'
import type { Standpoint } from '../stacks/standpoint.ts'
import { ago, clockTime, type When } from '../ui/time.ts'
import type { Words } from '../words/en/page.ts'

/** A line of the ticker: glyph, place, sentence, and source or age. */
export type TickerLine = {
  /** Changes with the text of the line. */
  key: string
  status: Status | null
  place: string
  text: string
  meta: string
}

export type TickerInput = {
  catalogue: Catalogue
  incidents: ReadonlyMap<string, Incident>
  articles: ReadonlyMap<string, Article>
  notices: ReadonlyMap<string, Notice>
  sources: Sources
}

type Sources = ReadonlyMap<string, Source>

/** How long a resolved incident stays on the ticker. */
const RESOLVED_SHOWN_MS = 2 * 3_600_000
const MAX_INCIDENTS = 12
const MAX_STORIES = 12
/** Stories are grouped from so many of the newest articles. */
const MAX_GROUPED_ARTICLES = 100

/** The order of the ticker: notices, active incidents, recently ended ones, each what concerns the reader first, articles. */
export function tickerLines(input: TickerInput, standpoint: Standpoint, when: When): TickerLine[] {
  const incidents = [...input.incidents.values()]
  const { concern } = standpoint
  const current = incidents
    .filter(isActive)
    .sort(mostUrgentFirst({ concern, now: when.now }))
    .slice(0, MAX_INCIDENTS)
  const ended = incidents
    .filter(incident => isEnded(incident) && when.now - Date.parse(endOf(incident)) < RESOLVED_SHOWN_MS)
    .sort(firstOf(concernFirst(concern), latestEndFirst))
    .slice(0, MAX_INCIDENTS)
  const articles = withoutPosts(input.articles.values(), incidents).sort(byNewest).slice(0, MAX_GROUPED_ARTICLES)
  const stories = groupStories(articles, input.sources).slice(0, MAX_STORIES)
  return [
    ...activeNotices(input.notices.values(), when.now).map(notice => noticeLine(notice, when.words)),
    ...[...current, ...ended].map(incident => incidentLine(incident, input.catalogue, standpoint, when)),
    ...stories.map(({ article }) => articleLine(article, input.sources, when)),
  ]
}

/** Notices in force at `now` (ms since the epoch). */
export const activeNotices = (notices: Iterable<Notice>, now: number): Notice[] =>
  [...notices].filter(
    notice => Date.parse(notice.from) <= now && (notice.until === null || now < Date.parse(notice.until)),
  )

const noticeLine = (notice: Notice, words: Words): TickerLine => ({
  key: notice.id,
  status: null,
  place: words.ticker.notice,
  text: notice.text,
  meta: '',
})

function incidentLine(incident: Incident, catalogue: Catalogue, standpoint: Standpoint, when: When): TickerLine {
  const why = reasonsText(standpoint.reasonsOf(incident), namingOf(catalogue, standpoint), when.words)
  const time = isEnded(incident) ? endedMeta(incident, when) : startText(incident, when)
  return {
    key: `${incident.id} ${incident.updatedAt} ${why ?? ''}`,
    status: isEnded(incident) ? 'operational' : statusOfIncident(incident),
    place: whereText(incident, catalogue, when.words),
    text: incident.title,
    meta: why === null ? time : `${time} · ${why}`,
  }
}

function endedMeta(incident: Incident, when: When): string {
  const { incidents, states, ticker } = when.words
  const stage = states.stage[incident.status]
  return lengthText(incident, when.words) === null
    ? incidents.endedBy(stage, clockTime(endOf(incident), when))
    : ticker.ended(stage, ago(endOf(incident), when))
}

const articleLine = (article: Article, sources: Sources, when: When): TickerLine => ({
  key: article.id,
  status: null,
  place: publisher(article, sources),
  text: article.title,
  meta: ago(article.publishedAt, when),
})
