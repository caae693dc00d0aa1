import type { Article } from '../../shared/domain/article.ts'
import { fold, type Story } from '../../shared/domain/fold.ts'
import type { Incident } from '../../shared/domain/incident.ts'
import type { Notice } from '../../shared/domain/notice.ts'
import type { RecordId, RegionId } from '../../shared/domain/primitives.ts'
import type { RegionStatus } from '../../shared/domain/region.ts'
import type { Source } from '../../shared/domain/source.ts'
import { byNewest } from '../../shared/domain/view.ts'
import type { SceneName } from '../../shared/domain/wall-layout.ts'
import type { Catalogue } from '../state/catalogue.ts'
import { incidentGroups } from '../state/incidents.ts'
import { type Quote, quoteIn } from '../state/quote.ts'
import { activeNotices } from '../state/ticker.ts'

/** What is known and concerns this wall. */
export type WallFacts = {
  catalogue: Catalogue
  statuses: ReadonlyMap<RegionId, RegionStatus>
  incidents: ReadonlyMap<RecordId, Incident>
  articles: ReadonlyMap<RecordId, Article>
  notices: ReadonlyMap<string, Notice>
  sources: ReadonlyMap<string, Source>
}

/** All that is known → what is about these providers; of none, all of it. News about no provider at all stay. */
export function narrowed(facts: WallFacts, providers: readonly string[]): WallFacts {
  if (providers.length === 0) return facts
  const wanted = new Set(providers)
  const { catalogue } = facts
  const regions = new Map([...catalogue.regions].filter(([, { provider }]) => wanted.has(provider)))
  return {
    ...facts,
    catalogue: {
      providers: new Map([...catalogue.providers].filter(([id]) => wanted.has(id))),
      regions,
    },
    statuses: new Map([...facts.statuses].filter(([id]) => regions.has(id))),
    incidents: new Map([...facts.incidents].filter(([, { provider }]) => wanted.has(provider))),
    articles: new Map(
      [...facts.articles].filter(
        ([, article]) =>
          article.providers.some(id => wanted.has(id)) || !article.providers.some(id => catalogue.providers.has(id)),
      ),
    ),
  }
}

/** A story whose text says who said something. */
export type QuoteStory = { story: Story; quote: Quote }

/** What the scenes choose from: each list in the order in which its things are shown, one a round. */
export type WallContent = {
  active: readonly Incident[]
  stories: readonly Story[]
  quotes: readonly QuoteStory[]
  notices: readonly Notice[]
}

/** Articles among which stories are looked for, and the stories that take turns. */
const [MOST_FOLDED, MOST_STORIES] = [120, 12]

/** `now` in ms since the epoch. */
export function contentOf(facts: WallFacts, now: number): WallContent {
  const stories = fold([...facts.articles.values()].sort(byNewest).slice(0, MOST_FOLDED))
  return {
    active: incidentGroups(facts.incidents.values()).active,
    stories: stories.slice(0, MOST_STORIES),
    quotes: stories
      .flatMap(story => {
        const quote = quoteIn(story.article.summary)
        return quote === null ? [] : [{ story, quote }]
      })
      .slice(0, MOST_STORIES),
    notices: activeNotices(facts.notices.values(), now),
  }
}

/** The scenes of a layout that have something to show, in its order; where none has, all of them. */
export function fullScenes(
  scenes: readonly SceneName[],
  content: WallContent,
  mine: ReadonlySet<RegionId>,
): readonly SceneName[] {
  const isFull: Readonly<Record<SceneName, boolean>> = {
    map: true,
    mine: mine.size > 0,
    incidents: true,
    timeline: content.active.length > 0,
    figures: true,
    news: content.stories.length > 0,
    quote: content.quotes.length > 0,
    notices: content.notices.length > 0,
    clocks: true,
  }
  const full = scenes.filter(scene => isFull[scene])
  return full.length === 0 ? scenes : full
}
