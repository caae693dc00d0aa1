import type { Words } from '../../../client/words/en/page.ts'
import type { WallsWords, WallWords } from '../../../client/words/wall-words.ts'

/** The words of every page those of the wall, and those of the page on all walls. */
export type AllWords = Words & { wall: WallWords; walls: Omit<WallsWords, 'scenes'> }

/** Stands for a name, a title or another text that comes from elsewhere; in no language a word. */
export const TEXT = '¤'

/** Everything that the functions of a catalogue say when they are given this number. */
export function everySentence(words: AllWords, n: number): string[] {
  const { admission, banners, connection, day, days, entrance, figures, frame, headline, incidents, lists, news } =
    words
  const { incidentList, incidentPage, near, newsPage, notifications, places, probes, providerPage, regionChoice } =
    words
  const { regionList, regions, sourcePage, sources, sourceWords, subscribe, ticker, time, wall, walls } = words
  const several = Array.from({ length: (n % 5) + 1 }, () => TEXT)
  const worst = ['major_outage', 'partial_outage', 'degraded_performance', 'under_maintenance'] as const
  const groups = worst.map(status => ({ status, count: n + 1 }))
  const silence = { name: TEXT, host: TEXT, since: null, why: null, next: null }
  return [
    admission.how(TEXT),
    admission.spoken(TEXT),
    banners.noneReachable(n),
    banners.notThePresent(TEXT),
    banners.lastKnown(TEXT),
    banners.more(n),
    connection.spoken(TEXT),
    connection.liveSign(TEXT),
    connection.reconnecting(TEXT),
    connection.lastKnown(TEXT, TEXT),
    connection.stale(TEXT),
    connection.silent(TEXT),
    day.allOkBut(TEXT),
    day.someFailedIn(TEXT),
    day.allFailedIn(TEXT),
    day.gaps(TEXT),
    day.before(TEXT),
    day.since(TEXT),
    days.ago(n),
    days.day({ date: TEXT, state: TEXT, length: null }),
    days.day({ date: TEXT, state: TEXT, length: TEXT }),
    days.count(n, TEXT),
    days.summary(n, TEXT),
    days.named(TEXT, TEXT),
    days.bad(TEXT),
    days.watchedSince(TEXT),
    entrance.unreachable(TEXT, TEXT),
    entrance.answeredWith(n),
    entrance.nextTry(n),
    figures.whole(n),
    figures.percent(n % 101),
    frame.anotherSite(null),
    frame.anotherSite(TEXT),
    frame.search.count(n),
    headline.troubles({ groups, place: TEXT, own: null }),
    headline.troubles({ groups, place: null, own: n + 5 }),
    headline.troubles({ groups, place: null, own: null }),
    headline.ownQuiet(n),
    headline.ownUnknown(n + 1, n + 3),
    headline.providersReport(several, n + 1),
    headline.quietWhereKnown(n + 1),
    headline.lastChange({ ago: TEXT, where: TEXT, stage: TEXT }),
    headline.stale(TEXT, TEXT),
    incidentList.count({ now: TEXT, ahead: n, over: n, more: n % 2 === 0, zone: TEXT }),
    incidentList.orWorse(TEXT),
    incidentList.takes(TEXT),
    incidentList.kept(n),
    incidentPage.endedAfter(TEXT, TEXT),
    incidentPage.endedAfter(TEXT, null),
    incidentPage.begins(TEXT),
    incidentPage.zone(TEXT),
    incidentPage.regionNow(TEXT, TEXT),
    ...Object.values(incidentPage.changed).map(tell => tell(TEXT, TEXT)),
    incidentPage.ofProvider(TEXT),
    incidentPage.spokenUpdate(TEXT, TEXT),
    incidents.worldwide(TEXT),
    incidents.inRegions(TEXT, several),
    incidents.where(TEXT),
    incidents.stateAndStage(TEXT, TEXT),
    incidents.endedAfter({ stage: TEXT, length: TEXT, ago: TEXT }),
    incidents.firstRead(TEXT),
    incidents.endedBy(TEXT, TEXT),
    incidents.count({ incidents: n, maintenances: n + 1 }),
    incidents.notUpdatedSince(TEXT),
    incidents.update(TEXT),
    incidents.updates(n),
    incidents.all(n),
    incidents.of(TEXT),
    lists.sentence(several, (n % 3) + 1),
    lists.plain(several),
    lists.sentences(several),
    near.noCity(TEXT),
    near.cityCount(n),
    near.people(n),
    near.from(TEXT),
    near.found(n),
    near.grams(n),
    regions.electricity.published(TEXT),
    regions.claims.source(TEXT, TEXT),
    near.all(n),
    near.roundTrips.measure(n),
    near.roundTrips.busy(n, n),
    near.roundTrips.done(n, n),
    near.measuredFrom(TEXT),
    near.comparePlace(TEXT),
    news.publishers(TEXT, n),
    places.km(n),
    places.left(TEXT),
    places.timesIn(TEXT),
    news.all(n),
    newsPage.summary({ articles: n, stories: n, shown: null, zone: TEXT }),
    newsPage.summary({ articles: n + 1, stories: n, shown: n, zone: TEXT }),
    newsPage.asOf(TEXT),
    newsPage.option(TEXT, n),
    newsPage.alsoIn(several),
    newsPage.newStories(n),
    newsPage.showNew(n),
    newsPage.unread(n),
    newsPage.searched(n),
    newsPage.speaker({ name: TEXT, role: TEXT, company: TEXT }),
    newsPage.speaker({ name: TEXT, role: null, company: null }),
    newsPage.feed(TEXT, TEXT),
    newsPage.keys({ next: TEXT, previous: TEXT, open: TEXT, find: TEXT }),
    newsPage.topic('ai'),
    newsPage.topic(TEXT),
    newsPage.language('nl'),
    notifications.state(n % 2 === 0),
    notifications.what(n),
    ...Object.values(notifications.title).map(tell => tell(TEXT)),
    probes.reachableFrom([]),
    probes.reachableFrom(several),
    probes.row(TEXT, TEXT),
    probes.reachable(TEXT),
    probes.unreachable(TEXT, null),
    probes.notMeasured(TEXT),
    probes.lastKnown(n % 2 === 0, TEXT),
    probes.phase(TEXT, n),
    probes.contradiction({ place: TEXT, provider: TEXT, from: TEXT, since: TEXT }),
    providerPage.noProvider(TEXT),
    providerPage.state(TEXT, TEXT),
    providerPage.readAt(TEXT, TEXT),
    providerPage.lastRead(TEXT),
    regions.geography('Europe'),
    regions.noRegionNamed(TEXT),
    regions.cell(TEXT, TEXT),
    regions.announcedSentence(TEXT),
    regions.lastKnown(TEXT, TEXT),
    regions.unknownSentence(TEXT, null),
    regions.unknownSentence(TEXT, TEXT),
    regions.limited(TEXT, n),
    regions.inZones(TEXT, several),
    regions.zonesNamed(several),
    regions.moreServices(n),
    regions.sentence({ place: TEXT, state: TEXT, since: TEXT, services: several }),
    regions.sentence({ place: TEXT, state: TEXT, since: null, services: [] }),
    regions.country('NL'),
    regions.share(n % 101),
    sourcePage.summary({ answering: n, total: n, waiting: 0, shown: null, zone: TEXT }),
    sourcePage.summary({ answering: n, total: n, waiting: n, shown: n, zone: TEXT }),
    sourcePage.pollSourceNow(TEXT),
    sourcePage.polled(TEXT),
    sourcePage.unreachable(TEXT),
    sourcePage.notWatched(TEXT),
    sourcePage.answeredWith(n),
    regionChoice.elsewhere(n),
    regionChoice.elsewhere(null),
    regionChoice.fromLink(n),
    regionChoice.unknown([TEXT], n),
    regionChoice.over(n, 100),
    regionList.summary({ shown: n, all: n, zone: TEXT }),
    regionList.summary({ shown: n, all: n + 1, zone: TEXT }),
    regionList.incidents(n),
    sourceWords.failed(n),
    sourceWords.silent(TEXT),
    sourceWords.reason(TEXT),
    sourceWords.leftAlone(TEXT, TEXT),
    sourceWords.nextTry(TEXT),
    sourceWords.nextLook(TEXT),
    sources.answering(n, n + 1),
    sources.notAsked(n),
    sources.more(n),
    sources.silence(silence),
    sources.silence({ ...silence, since: TEXT, why: TEXT, next: TEXT }),
    subscribe.noRegion(TEXT),
    subscribe.feed(TEXT),
    subscribe.badgeOf(TEXT),
    subscribe.copied(TEXT),
    subscribe.notCopied(TEXT),
    ticker.ended(TEXT, TEXT),
    ticker.spokenOpened(TEXT, TEXT),
    ticker.spokenEnded({ where: TEXT, stage: TEXT, title: TEXT }),
    ticker.moreChanges(n),
    time.dayAndTime(TEXT, TEXT),
    time.milliseconds(n),
    time.tenthsOfSecond(n / 10),
    time.seconds(n),
    time.minutes(n),
    time.hours(n, n % 60),
    time.days(n, n % 24),
    time.since(TEXT, TEXT),
    time.ago(TEXT),
    time.period(TEXT, TEXT),
    wall.clockBehind(TEXT),
    wall.clockAhead(TEXT),
    ...Object.values(wall.rules).map(tell => tell(TEXT)),
    wall.problems(n),
    wall.moreProblems(n),
    wall.unknownWall(TEXT),
    wall.knownWalls([]),
    wall.knownWalls(several),
    wall.asOf(TEXT),
    wall.place(TEXT, TEXT),
    wall.more(n),
    wall.moreRegions(n, TEXT),
    walls.summary(n, n, TEXT),
    walls.unnamed(TEXT),
    walls.lastSeen(TEXT, TEXT),
    walls.size(n, n, 1),
    walls.size(n, n, 1.5),
    walls.fps(n),
    walls.screenshotOf(TEXT, TEXT),
    ...Object.values(walls.sure).map(tell => tell(TEXT)),
    walls.ofScreen(TEXT, TEXT),
    walls.admit.waiting(n),
    walls.notice.hours(n),
    walls.notice.until(TEXT),
    ...Object.values(walls.outcomes).map(tell => tell(TEXT)),
    walls.keptFor(TEXT),
    walls.renamed(TEXT),
    walls.admitted(TEXT),
    walls.forgotten(TEXT),
    walls.withdrawn(TEXT),
    walls.refused(TEXT),
  ]
}

/** The paths of all functions of a catalogue that are not called while `use` runs with it. */
export function notCalledBy(words: AllWords, use: (words: AllWords) => void): string[] {
  const waiting = new Set<string>()
  const watched = (node: object, path: string): object =>
    Object.fromEntries(
      Object.entries(node).map(([key, value]): [string, unknown] => {
        const at = path === '' ? key : `${path}.${key}`
        if (typeof value === 'object' && value !== null) return [key, watched(value, at)]
        if (typeof value !== 'function') return [key, value]
        waiting.add(at)
        return [
          key,
          (...given: unknown[]) => {
            waiting.delete(at)
            return value(...given)
          },
        ]
      }),
    )
  // the copy has every key of the original, with the same kind of value
  use(watched(words, '') as AllWords)
  return [...waiting]
}

/** All texts of a catalogue that are no functions, by their path. */
export function fixedTexts(node: object, path = ''): [string, string][] {
  return Object.entries(node).flatMap(([key, value]): [string, string][] => {
    const at = path === '' ? key : `${path}.${key}`
    if (typeof value === 'string') return [[at, value]]
    return typeof value === 'object' && value !== null ? fixedTexts(value, at) : []
  })
}
