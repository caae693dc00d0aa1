import type { Article } from '../../shared/domain/article.ts'
import { type Incident, isActive, isEnded, statusOfIncident } from '../../shared/domain/incident.ts'
import type { Notice } from '../../shared/domain/notice.ts'
import { descending } from '../../shared/domain/order.ts'
import { worstFirst } from '../../shared/domain/rollup.ts'
import type { Source } from '../../shared/domain/source.ts'
import type { Status } from '../../shared/domain/status.ts'
import { byNewest } from '../../shared/domain/view.ts'
import { endOf, whereText } from '../incidents/incidents.ts'
import { type Catalogue, publisher } from '../live/catalogue.ts'
import { ago, sinceText, type When } from '../ui/time.ts'
import type { Words } from '../words/en/page.ts'

/** One thing that passes by: glyph, place, sentence · article, source, age. */
export type TickerLine = {
  /** The same for as long as the line says the same. */
  key: string
  status: Status | null
  place: string
  text: string
  meta: string
}

export type TickerInput = {
  catalogue: Catalogue
  incidents: Iterable<Incident>
  articles: Iterable<Article>
  notices: Iterable<Notice>
  sources: Sources
}

type Sources = ReadonlyMap<string, Source>

/** How long a resolved incident goes on passing by, in ms. */
const RESOLVED_FOR = 2 * 3_600_000
const MOST_INCIDENTS = 12
const MOST_ARTICLES = 12

/** What the ticker says in one round: the office's notices, what happens now, what ended lately, the newest articles. */
export function tickerLines(input: TickerInput, when: When): TickerLine[] {
  const incidents = [...input.incidents]
  const current = incidents.filter(isActive).sort(worstFirst).slice(0, MOST_INCIDENTS)
  const ended = incidents
    .filter(incident => isEnded(incident) && when.now - Date.parse(endOf(incident)) < RESOLVED_FOR)
    .sort(descending(endOf))
    .slice(0, MOST_INCIDENTS)
  const articles = [...input.articles].sort(byNewest).slice(0, MOST_ARTICLES)
  return [
    ...activeNotices(input.notices, when.now).map(notice => noticeLine(notice, when.words)),
    ...current.map(incident => incidentLine(incident, input.catalogue, when)),
    ...ended.map(incident => incidentLine(incident, input.catalogue, when)),
    ...articles.map(article => articleLine(article, input.sources, when)),
  ]
}

/** Those that hold at `now` (ms). */
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

const incidentLine = (incident: Incident, catalogue: Catalogue, when: When): TickerLine => ({
  key: `${incident.id} ${incident.updatedAt}`,
  status: isEnded(incident) ? 'operational' : statusOfIncident(incident),
  place: whereText(incident, catalogue, when.words),
  text: incident.title,
  meta: isEnded(incident)
    ? when.words.ticker.ended(when.words.states.stage[incident.status], ago(endOf(incident), when))
    : sinceText(incident.startedAt, when),
})

const articleLine = (article: Article, sources: Sources, when: When): TickerLine => ({
  key: article.id,
  status: null,
  place: publisher(article, sources),
  text: article.title,
  meta: ago(article.publishedAt, when),
})
