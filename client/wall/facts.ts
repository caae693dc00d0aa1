import type { Article } from '../../shared/domain/article.ts'
import { groupStories, type Story } from '../../shared/domain/group-stories.ts'
import type { Incident } from '../../shared/domain/incident.ts'
import type { Notice } from '../../shared/domain/notice.ts'
import type { RecordId, RegionId } from '../../shared/domain/primitives.ts'
import type { RegionStatus } from '../../shared/domain/region.ts'
import type { Source } from '../../shared/domain/source.ts'
import { byNewest } from '../../shared/domain/view.ts'
import type { SceneName } from '../../shared/domain/wall-layout.ts'
import { incidentGroups } from '../incidents/incidents.ts'
import type { Catalogue } from '../live/catalogue.ts'
import type { ConnectionState, Freshness } from '../live/freshness.ts'
import { type Quote, quoteIn } from '../news/quote.ts'
import { activeNotices } from '../ticker/ticker.ts'

/** What is shown is not the present: up to when (ms) it was, null where that is not known, and who fell silent. */
export type AsOf = { at: number | null; silent: 'line' | 'workers' }

/** A server that is replaced is back within this time; a shorter gap is not worth a word, ms. */
const GRACE = 3_000

/** Up to when the picture was the present; null while it is. `now` in ms. */
export function asOf(line: ConnectionState, fresh: Freshness, now: number): AsOf | null {
  switch (fresh.kind) {
    case 'live':
    case 'connecting':
      return null
    case 'stale':
      return { at: fresh.since, silent: 'workers' }
    case 'remembered':
      return { at: fresh.since, silent: 'line' }
    case 'reconnecting':
      return now - line.phaseSince < GRACE ? null : { at: line.lastHeardAt ?? line.phaseSince, silent: 'line' }
  }
}

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
const [MOST_GROUPED, MOST_STORIES] = [120, 12]

/** `now` in ms since the epoch. */
export function contentOf(facts: WallFacts, now: number): WallContent {
  const stories = groupStories([...facts.articles.values()].sort(byNewest).slice(0, MOST_GROUPED))
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

/** The scenes of a layout that have something to show, in its order; where none has, all of them, and each says so. */
export function fullScenes(
  scenes: readonly SceneName[],
  content: WallContent,
  mine: ReadonlySet<RegionId>,
): readonly SceneName[] {
  const full = scenes.filter(scene => hasNothing(scene, content, mine) === null)
  return full.length === 0 ? scenes : full
}

/** Scenes that may have nothing to show; the others always say how things stand. */
export type SometimesEmpty = 'mine' | 'timeline' | 'news' | 'quote' | 'notices'

/** The scene's own name where it has nothing to show; null where it has. */
export function hasNothing(scene: SceneName, content: WallContent, mine: ReadonlySet<RegionId>): SometimesEmpty | null {
  const things: Readonly<Record<SometimesEmpty, number>> = {
    mine: mine.size,
    timeline: content.active.length,
    news: content.stories.length,
    quote: content.quotes.length,
    notices: content.notices.length,
  }
  switch (scene) {
    case 'map':
    case 'incidents':
    case 'figures':
    case 'clocks':
      return null
    default:
      return things[scene] === 0 ? scene : null
  }
}
