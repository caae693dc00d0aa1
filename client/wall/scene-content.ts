import { type Article, byNewest, type Quote } from '../../shared/domain/article.ts'
import { withoutPosts } from '../../shared/domain/coverage.ts'
import { groupStories, type Story } from '../../shared/domain/group-stories.ts'
import type { Incident } from '../../shared/domain/incident.ts'
import type { Notice } from '../../shared/domain/notice.ts'
import type { RecordId, RegionId } from '../../shared/domain/primitives.ts'
import type { Probe } from '../../shared/domain/probe.ts'
import { quoteOf } from '../../shared/domain/quote.ts'
import type { Region, RegionStatus } from '../../shared/domain/region.ts'
import type { Source } from '../../shared/domain/source.ts'
import type { Component } from '../../shared/domain/status.ts'
import { isTimeZone } from '../../shared/domain/time-zone.ts'
import type { SceneName, WallLayout } from '../../shared/domain/wall-layout.ts'
import { type DayLanes, dayLanes } from '../history/day-lanes.ts'
import { incidentGroups, type Reader } from '../incidents/incidents.ts'
import type { Catalogue } from '../live/catalogue.ts'
import type { ConnectionState, Freshness, Staleness } from '../live/freshness.ts'
import type { Standpoint } from '../stacks/standpoint.ts'
import { activeNotices } from '../ticker/ticker-order.ts'
import { timeIn, type When, zoneCity } from '../ui/time.ts'
import { MAX_ITEMS, type SceneBox } from './scene-layout.ts'

/** The props of every scene. `when` changes every ten seconds. */
export type SceneProps = {
  box: SceneBox
  facts: WallFacts
  content: WallContent
  /** Whose stack the wall speaks of. */
  standpoint: Standpoint
  /** How often the scene has been on, so that it shows another item each time. */
  round: number
  staleness: Staleness
  /** No source answers or the page is stale: the present is unknown. */
  blind: boolean
  layout: WallLayout
  when: When
  /** ms since the epoch; changes every second */
  now: number
  ask: (address: string) => Promise<Response>
}

export type WallFacts = {
  catalogue: Catalogue
  statuses: ReadonlyMap<RegionId, RegionStatus>
  incidents: ReadonlyMap<RecordId, Incident>
  articles: ReadonlyMap<RecordId, Article>
  notices: ReadonlyMap<string, Notice>
  sources: ReadonlyMap<string, Source>
  components: ReadonlyMap<string, Component>
  probes: ReadonlyMap<string, Probe>
}

/** Keeps what is about these providers, and news about no known provider. An empty list keeps everything. */
export function narrowToProviders(facts: WallFacts, providers: readonly string[]): WallFacts {
  if (providers.length === 0) return facts
  const wanted = new Set(providers)
  const { catalogue } = facts
  const regions = new Map([...catalogue.regions].filter(([, { provider }]) => wanted.has(provider)))
  return {
    ...facts,
    catalogue: { providers: new Map([...catalogue.providers].filter(([id]) => wanted.has(id))), regions },
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

/** The items of the scenes, in the order in which they are shown. */
export type WallContent = {
  day: DayLanes
  active: readonly Incident[]
  stories: readonly Story[]
  quotes: readonly { story: Story; quote: Quote }[]
  notices: readonly Notice[]
}

/** The newest articles that are grouped into stories. */
const MAX_ARTICLES = 120
const MAX_STORIES = 12

export function contentOf(facts: WallFacts, reader: Reader): WallContent {
  const stories = groupStories(
    withoutPosts(facts.articles.values(), facts.incidents.values()).sort(byNewest).slice(0, MAX_ARTICLES),
    facts.sources,
  )
  return {
    day: dayLanes(facts.incidents.values(), facts.sources.values(), reader, MAX_ITEMS),
    active: incidentGroups(facts.incidents.values(), reader).active,
    stories: stories.slice(0, MAX_STORIES),
    quotes: stories
      .flatMap(story => {
        const quote = quoteOf(story.article)
        return quote === null ? [] : [{ story, quote }]
      })
      .slice(0, MAX_STORIES),
    notices: activeNotices(facts.notices.values(), reader.now),
  }
}

/** The scenes of a layout that have content, in its order; all of them if none has, and each says so. */
export function scenesWithContent(
  scenes: readonly SceneName[],
  content: WallContent,
  standpoint: Standpoint,
): readonly SceneName[] {
  const filled = scenes.filter(scene => emptyScene(scene, content, standpoint) === null)
  return filled.length === 0 ? scenes : filled
}

/** Scenes that may have no content. The others always have some. */
export type SometimesEmpty = 'mine' | 'day' | 'timeline' | 'news' | 'quote' | 'notices'

/** The scene itself if it has no content, else null. */
export function emptyScene(scene: SceneName, content: WallContent, { uses }: Standpoint): SometimesEmpty | null {
  const counts: Readonly<Record<SometimesEmpty, number>> = {
    mine: uses.length,
    day: content.day.lanes.length,
    timeline: content.active.length,
    news: content.stories.length,
    quote: content.quotes.length,
    notices: content.notices.length,
  }
  if (scene === 'map' || scene === 'incidents' || scene === 'figures' || scene === 'clocks') return null
  return counts[scene] === 0 ? scene : null
}

/** `time` as `14:02`, `day` of the week there. `here`: it is the wall's own zone. */
export type CityClock = { zone: string; city: string; time: string; day: string; here: boolean }

/** Without cities and regions: one zone in each third of the earth. */
const defaultZones = ['America/New_York', 'Europe/London', 'Asia/Tokyo']

/** The zones of the clocks: the configured ones, else the wall's own and those of its regions. */
export function clockZones(
  cities: readonly string[],
  mine: ReadonlySet<RegionId>,
  regions: ReadonlyMap<RegionId, Pick<Region, 'timezone'>>,
  own: string,
): string[] {
  if (cities.length > 0) return [...cities]
  const zones = [...mine].flatMap(id => regions.get(id)?.timezone ?? []).filter(isTimeZone)
  return [...new Set([own, ...(zones.length > 0 ? zones : defaultZones)])]
}

export const cityClocks = (zones: readonly string[], when: When): CityClock[] =>
  zones.flatMap(zone => {
    const time = timeIn(zone, when)
    if (time === null) return []
    const day = new Intl.DateTimeFormat(when.words.locale, { weekday: 'long', timeZone: zone }).format(when.now)
    return [{ zone, city: zoneCity(zone), time, day, here: zone === when.zone }]
  })

/** The page is stale: since when (ms, null if unknown), and what went silent. */
export type AsOf = { at: number | null; silent: 'line' | 'workers' }

/** A server that restarts is back within this time. */
const GRACE_MS = 3_000

/** How stale the page is; null while it is live. `now` in ms. */
export function asOf(connection: ConnectionState, fresh: Freshness, now: number): AsOf | null {
  switch (fresh.kind) {
    case 'live':
    case 'connecting':
      return null
    case 'stale':
      return { at: fresh.since, silent: 'workers' }
    case 'remembered':
      return { at: fresh.since, silent: 'line' }
    case 'reconnecting':
      return now - connection.phaseSince < GRACE_MS
        ? null
        : { at: connection.lastHeardAt ?? connection.phaseSince, silent: 'line' }
  }
}
