import type { SourceKind } from '../../../shared/domain/source.ts'
import { countriesIn, languagesIn, listsIn, numbersIn, sentenceCase, topicIn } from '../formats.ts'
import { noticeTitles } from './push.ts'

const { whole, compact, percent, exactPercent, tenths } = numbersIn('en-GB')

export type TroubledStatus = 'major_outage' | 'partial_outage' | 'degraded_performance' | 'under_maintenance'

/** Regions in trouble, the worst first. */
type Troubles = {
  groups: readonly { status: TroubledStatus | 'trouble'; count: number }[]
  /** The name of the worst region, where it is the only one of its group. */
  place: string | null
  /** How many regions the reader has, where the sentence is about those. */
  own: number | null
}

/** The state as it follows 'is' or 'are' in a sentence. */
const predicates: Readonly<Record<TroubledStatus | 'trouble', string>> = {
  trouble: 'in trouble',
  under_maintenance: 'under maintenance',
  degraded_performance: 'degraded',
  partial_outage: 'in partial outage',
  major_outage: 'in major outage',
}

/** States in fewer letters, for narrow places. */
const shortStates: Partial<Record<string, string>> = {
  under_maintenance: 'maintenance',
  degraded_performance: 'degraded',
}

const small = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ')

/** 0 to 12 as a word, more as figures: `three`, `1,204`. */
const numberWord = (n: number): string => small[n] ?? whole(n)

/** `now` in words, as `incidents.count` says it; `more`: older ones may exist that are not loaded yet. */
type IncidentCounts = { now: string; ahead: number; over: number; more: boolean; zone: string }

/** How words and sentences are joined. */
export const lists = {
  /** `a, b and c`; beyond `most`, three by default, the rest is counted: `a, b, c and 4 more`. */
  sentence: listsIn('en-GB', n => `${n} more`),
  plain: (items: readonly string[]) => items.join(', '),
  sentences: (sentences: readonly string[]) => sentences.join(' '),
}

type NewsSummary = { articles: number; stories: number; shown: number | null; zone: string }
type Speaker = { name: string; role: string | null; company: string | null }
/** A place that its provider calls operational and a probe cannot reach. */
type Contradiction = { place: string; provider: string; from: string; since: string }
type RegionListSummary = { shown: number; all: number; zone: string }
type RegionSentence = { place: string; state: string; since: string | null; services: readonly string[] }
/** `shown`: how many pass the filter; null when all do. */
type SourceSummary = { answering: number; total: number; waiting: number; shown: number | null; zone: string }
/** A source that does not answer; times as text. `since` is null when it never answered. */
type Silence = { name: string; host: string; since: string | null; why: string | null; next: string | null }

/** English comes with the first script, and its type is that of every language. */
export const en = {
  /** BCP 47, as the document's `lang`. */
  tag: 'en',
  dir: 'ltr' as 'ltr' | 'rtl',
  /** BCP 47, for dates and numbers. */
  locale: 'en-GB',
  /** A wall's screen that is not admitted yet. */
  admission: {
    heading: 'This screen is not admitted yet',
    withdrawn: 'This screen is no longer admitted',
    how: (address: string) => `Whoever runs this installation opens ${address} and types this code there.`,
    /** Character by character, read aloud. */
    spoken: (code: string) => `Code ${[...code].join(' ')}`,
    asking: 'Asking for a code.',
    renewed: 'The code is replaced every ten minutes.',
    unreachable: 'The server does not answer; trying again.',
  },
  banners: {
    label: 'Notices',
    simulated: 'SIMULATED',
    invented: "invented providers' news and incidents, not the real state of any cloud",
    noneReachable: (sources: number) =>
      sources === 1
        ? 'The only source cannot be reached from here.'
        : `None of the ${sources} sources can be reached from here.`,
    wayOut: "Check this machine's way out to the internet.",
    /** A command follows. */
    tryDemo: 'To see Nephoscope with simulated providers, run:',
    notThePresent: (state: string) => `This picture is not the present: ${state}.`,
    hatched: 'What is hatched is what was last known.',
    /** Above the state that was remembered from the last visit. */
    notConnected: 'No connection to the server yet.',
    lastKnown: (state: string) => `This is the last known state, ${state}; what is hatched may have changed.`,
    /** Opens all notices; `n` are not in sight. */
    more: (n: number) => (n === 0 ? 'More' : `${n} more`),
    outdated: 'A newer version of this page is there.',
    load: 'Load it',
  },
  /** The state of the connection, and how fresh the data is. */
  connection: {
    /** Read aloud. */
    spoken: (state: string) => `Server: ${state}`,
    /** The connection to the server, not the sources behind it. */
    live: 'live line',
    /** In the header: how long ago the last sign of life came, and what is said there while there is none. */
    liveSign: (age: string) => `live ${age}`,
    asOf: (time: string) => `as of ${time}`,
    lost: 'reconnecting',
    noneYet: 'no readings yet',
    connecting: 'connecting',
    reconnecting: (since: string) => `reconnecting since ${since}`,
    /** The connection is open, and nothing comes. */
    silent: (since: string) => `no answer since ${since}`,
    /** Of the state that was remembered from the last visit: '14:02' and '3 h 5 min ago'. */
    lastKnown: (time: string, ago: string) => `as of ${time}, ${ago}`,
    noReadings: 'waiting for the first readings',
    stale: (since: string) => `stale since ${since}`,
  },
  /** The page of everything; a phone shows a part of it first. */
  dashboard: { more: 'More: globe, figures, regions', less: 'Less' },
  day: {
    noPoll: 'No poll in the last 24 h.',
    allFailed: 'All polls failed in the last 24 h.',
    allOk: 'All polls ok in the last 24 h.',
    allOkBut: (exceptions: string) => `All polls ok in the last 24 h but ${exceptions}.`,
    someFailedIn: (span: string) => `${span} (some failed)`,
    allFailedIn: (span: string) => `${span} (all failed)`,
    gaps: (gaps: string) => sentenceCase(`no poll ${gaps}.`),
    before: (hour: string) => `before ${hour}`,
    since: (hour: string) => `since ${hour}`,
  },
  days: {
    heading: 'Last 90 days',
    key: 'A bar a day of UTC: the higher, the worse; a dash, not known.',
    ago: (n: number) => (n === 1 ? '1 day ago' : `${n} days ago`),
    today: 'today',
    /** `length`: how long the trouble lasted; null without trouble. */
    day: ({ date, state, length }: { date: string; state: string; length: string | null }) =>
      `${date}: ${state}${length === null ? '' : `, ${length}`}`,
    count: (n: number, state: string) => `${n} ${state}`,
    summary: (n: number, counts: string) => `Of ${n === 1 ? '1 day' : `${n} days`}: ${counts}.`,
    named: (date: string, state: string) => `${date} (${state})`,
    bad: (days: string) => `Not well: ${days}.`,
    watchedSince: (clock: string) => `Watched since ${clock}; nothing is known of the time before.`,
    neverWatched: 'Nobody has looked yet.',
    /** `share`: 0 to 1. */
    uptime: (share: number, known: string) => `Operational ${exactPercent(share)} of the ${known} that are known.`,
    maintenance: (length: string) => `Under maintenance: ${length}.`,
    unknown: (length: string) => `Not known: ${length}.`,
    noReason: 'No incident that is kept tells why.',
    more: (n: number) => `${whole(n)} more`,
  },
  /** Before the first snapshot: waiting, and asking for the view token. */
  entrance: {
    waiting: 'Waiting for the first picture.',
    unreachable: (since: string, why: string) => `This server has not given a picture since ${since} (${why}).`,
    answeredWith: (status: number) => `it answered with ${status}`,
    nextTry: (seconds: number) => `Next try in ${seconds} s.`,
    trying: 'Trying now.',
    noReload: 'Nothing has to be reloaded.',
    locked: 'Reading this installation needs its view token.',
    token: 'View token',
    open: 'Open',
    refused: 'This token was not accepted. Ask whoever runs this installation.',
    kept: 'It is kept until this tab is closed.',
    remember: 'Remember on this device',
    remembered: 'It is kept on this device until you forget it in the settings.',
  },
  /** The figures of the dashboard, and how numbers are written. */
  figures: {
    label: 'Figures',
    whole,
    percent,
    unknown: '–',
    /** Whose figures they are, where they are those of a stack; `name` is null where it is the reader's own. */
    ofStack: (name: string | null) => (name === null ? 'Figures of your stack' : `Figures of ${name}`),
    lastMajor: 'since last major outage',
    longestOpen: 'longest open',
    changesToday: 'changes today',
    nextMaintenance: 'next maintenance',
    readNow: 'read just now',
    none: 'none',
    noneTold: 'none told',
    now: 'now',
    in: (length: string) => `in ${length}`,
    /** None is on record, which goes back so far. */
    onRecordSince: (clock: string) => `on record since ${clock}`,
    ofRegions: (n: number) => `of all ${whole(n)} regions`,
    regionsOpen: 'regions open',
    announced: 'announced',
    zones: 'zones',
    countries: 'countries',
    incidentsNow: 'incidents now',
  },
  frame: {
    skip: 'Skip to the page',
    skips: 'Jump to',
    skipTo: { incidents: 'To the incidents', stack: 'To my stack', regions: 'To the regions', news: 'To the news' },
    pages: 'Pages',
    /** The pages in the header, in one row. */
    nav: { incidents: 'Incidents', regions: 'Regions', news: 'News', near: 'Near', walls: 'Wall', sources: 'Sources' },
    settings: 'Settings',
    forgetToken: 'Forget the view token',
    menu: 'Menu',
    titles: {
      dashboard: 'Dashboard',
      deliveries: 'Messages',
      incidents: 'Incidents',
      incident: 'Incident',
      news: 'News',
      near: 'Find your region',
      regions: 'Regions',
      sources: 'Sources',
      stack: 'My stack',
      walls: 'Walls',
      wall: 'Wall',
      missing: 'No such page',
    },
    theme: { legend: 'Theme', auto: 'Auto', light: 'Light', dark: 'Dark', contrast: 'High contrast' },
    zone: { legend: 'Time zone', local: 'Local', utc: 'UTC', places: 'Places of my regions' },
    search: {
      label: 'Search',
      placeholder: 'Region, service, vendor',
      none: 'Nothing is called so.',
      notWatched: 'not watched here',
      count: (n: number) => (n === 1 ? 'One result' : `${n} results`),
    },
    keys: { heading: 'Keyboard shortcuts', enabled: 'Use single keys' },
    language: 'Language',
    close: 'Close',
    /** Read aloud after a link to another site. */
    anotherSite: (about: string | null) => (about === null ? '(another site)' : `for ${about} (another site)`),
    missing: 'There is no such page here.',
    loading: 'Loading.',
    failed: 'This page could not be loaded. Reload to try again.',
    toDashboard: 'Go to the dashboard',
  },
  globe: {
    globe:
      'Regions of the earth. Arrow keys turn it, plus and minus bring it closer, Home resets it. The table that follows lists all regions.',
    globeOption: 'Globe',
    mapOption: 'Map',
    projection: 'Shape of the earth',
    closer: 'Closer',
    further: 'Further',
    reset: 'All of it',
    turn: 'Let it turn',
    rest: 'Stop turning',
    table: 'As a table',
    columns: { place: 'Region', status: 'State', since: 'Since' },
    mine: 'mine',
    announced: 'announced, not open yet',
    failed: 'The globe could not be loaded. Reload the page to try again.',
    /** A small screen shows one of them at a time. */
    tabs: { legend: 'View', lists: 'Lists', globe: 'Globe' },
  },
  headline: {
    /** 'Three of your six regions are in trouble and one is under maintenance.' */
    troubles({ groups, place, own }: Troubles): string {
      // the first count of the sentence says what is counted
      const firstCount = place === null ? 0 : 1
      const clauses = groups.map(({ status, count }, index) => {
        if (index === 0 && place !== null) return `${place} is ${predicates[status]}`
        const regions = own === null ? (count === 1 ? ' region' : ' regions') : ` of your ${numberWord(own)} regions`
        const subject = `${numberWord(count)}${index === firstCount ? regions : ''}`
        return `${subject} ${count === 1 ? 'is' : 'are'} ${predicates[status]}`
      })
      return `${sentenceCase(lists.sentence(clauses, clauses.length))}.`
    },
    /** Some of the reader's regions are unknown, and no other is in trouble. */
    ownUnknown: (unknown: number, own: number) =>
      own === 1
        ? 'Your region is unknown.'
        : `${sentenceCase(numberWord(unknown))} of your ${numberWord(own)} regions ${unknown === 1 ? 'is' : 'are'} unknown.`,
    ownQuiet: (own: number) => `Your ${own === 1 ? 'region is' : 'regions are'} quiet.`,
    /** The same for a stack that is more than regions. */
    stackQuiet: 'What you run on is quiet.',
    /** Parts, sources or probes of the stack are in trouble, and no incident tells of it. */
    stackIs: (state: string) => `What you run on: ${state}.`,
    /** What the stack uses and no source tells of at the moment. */
    unheard: (names: readonly string[]) => `Unknown, as no source tells of it: ${lists.sentence(names)}.`,
    /** Incidents that concern the stack, beside the states of its regions. `places` may be fewer. */
    concerned: (places: readonly string[], incidents: number) =>
      `${incidents === 1 ? 'An incident concerns' : `${sentenceCase(numberWord(incidents))} incidents concern`} you: ${lists.sentence(places)}.`,
    /** Incidents beside those of the regions, too many to name. */
    moreConcern: (incidents: number) => `${sentenceCase(numberWord(incidents))} more incidents concern you.`,
    mayConcern: (places: readonly string[], incidents: number) =>
      `${incidents === 1 ? 'An incident' : `${sentenceCase(numberWord(incidents))} incidents`} may concern you: ${lists.sentence(places)}.`,
    /** The sentence of one of several stacks. */
    ofStack: (name: string, sentence: string) => `${name}: ${sentence}`,
    /** Trouble that names no region. */
    providersReport: (providers: readonly string[], incidents: number) =>
      `${lists.sentence(providers)} ${providers.length === 1 ? 'reports' : 'report'} ${
        incidents === 1 ? 'an incident' : `${numberWord(incidents)} incidents`
      }; no region is named.`,
    quiet: 'All quiet.',
    quietWhereKnown: (unknown: number) =>
      `Quiet where known; ${numberWord(unknown)} ${unknown === 1 ? 'region is' : 'regions are'} unknown.`,
    /** The worst of several troubles. */
    worst: (place: string, state: string, since: string | null) =>
      `${place}: ${state}${since === null ? '' : ` ${since}`}`,
    /** What happens at the one place that the headline names. */
    titled: (title: string, since: string | null) => (since === null ? title : `${title}, ${since}`),
    lastChange: ({ ago, where, stage }: Record<'ago' | 'where' | 'stage', string>) =>
      `Last change ${ago}: ${where}, ${stage}.`,
    nothingKnown: 'Nothing is known yet: no source has answered.',
    stale: (since: string, last: string) => `Stale since ${since}. Last known: ${last}`,
  },
  /** Strips and bars of time. */
  hours: {
    /** What the last 24 hours were like. */
    last: (states: string) => `Last 24 hours: ${states}.`,
    before: (state: string, hour: string) => `${state} before ${hour}`,
    /** The last hours: the worst of each, which may be over. */
    after: (state: string, hour: string) => `${state} after ${hour}`,
    between: (state: string, from: string, until: string) => `${state} ${from}–${until}`,
    rest: (state: string) => `else ${state}`,
    /** How bad an incident was from when on. */
    from: (state: string, time: string) => `${state} from ${time}`,
    course: (spans: string) => sentenceCase(`${spans}.`),
  },
  incidentList: {
    count: ({ now, ahead, over, more, zone }: IncidentCounts) =>
      `${now} now, ${ahead} scheduled, ${over} over${more ? ' so far' : ''}. Times are ${zone}.`,
    filters: 'Which incidents',
    findHint: 'title, service, place',
    region: 'Region',
    kind: 'Kind',
    kinds: { incident: 'incident', maintenance: 'maintenance' },
    severity: 'Severity',
    orWorse: (state: string) => `${state} or worse`,
    onlyMine: 'Only what concerns me',
    all: 'Show all',
    noneFits: 'None fits.',
    now: 'Now',
    noneAhead: 'None in the next four weeks.',
    later: 'Later',
    today: 'Today',
    takes: (length: string) => `(${length})`,
    goesOn: 'goes on',
    past: 'Over',
    kept: (days: number) => `Kept for ${days === 1 ? 'a day' : `${days} days`} after the last update.`,
    failed: 'The server did not give the earlier ones. Try again.',
    earlier: 'Show earlier',
    noEarlier: 'No earlier ones are kept.',
    feed: 'In a feed reader',
    calendar: 'Maintenance, in a calendar',
  },
  /** The page of what became of messages. */
  deliveries: {
    link: 'Messages out',
    asking: 'Asking for the messages.',
    locked: 'The admin token shows what became of messages.',
    unlock: 'Enter the admin token',
    open: 'Open',
    closed: 'This server has no ADMIN_TOKEN, so it shows no messages.',
    none: 'No target is set up. Add notify: to the sources file, and messages go to Slack, e-mail, PagerDuty and others.',
    summary: ({ sent, failed, late, forgotten }: { sent: number; failed: number; late: number; forgotten: number }) =>
      `${sent} sent, ${failed} attempts failed, ${late} perhaps sent twice${forgotten > 0 ? `, ${forgotten} undelivered ones forgotten` : ''}.`,
    targets: 'Targets',
    dead: 'Not delivered',
    noDead: 'Everything was delivered, or is still being tried.',
    recent: 'Sent last',
    noRecent: 'Nothing was sent yet.',
    columns: {
      target: 'Target',
      kind: 'Kind',
      waiting: 'Waiting',
      trouble: 'State',
      at: 'At',
      message: 'Message',
      why: 'Why',
      actions: 'Actions',
    },
    unknownKind: 'no longer in the sources file',
    fine: 'takes messages',
    missed: 'did not get its last message:',
    trying: (attempts: number, since: string) =>
      `${attempts === 1 ? 'One attempt' : `${attempts} attempts`} failed, ${since}:`,
    attempts: (n: number) => (n === 1 ? 'one attempt' : `${n} attempts`),
    replay: 'Send again',
    forget: 'Forget',
    occasions: {
      opened: 'New',
      worse: 'Worse',
      better: 'Better',
      resolved: 'Resolved',
      maintenance: 'Maintenance ahead',
      unreachable: 'Unreachable',
      silent: 'Silent',
      again: 'Still',
      acknowledged: 'Acknowledged',
      lifted: 'No longer acknowledged',
      digest: 'Digest',
      test: 'Test',
    },
  },
  /** What this office does about an incident. */
  handling: {
    heading: 'Ours',
    none: 'Nobody here has acknowledged it.',
    acknowledged: (by: string, at: string) => `Acknowledged by ${by}, ${at}`,
    until: (at: string) => `until ${at}`,
    tag: (by: string) => `acknowledged: ${by}`,
    lifted: (by: string | null) =>
      by === null ? 'The acknowledgement ended by itself' : `${by} lifted the acknowledgement`,
    note: (by: string) => `Note by ${by}`,
    acknowledge: 'Acknowledge',
    lift: 'Lift',
    addNote: 'Add a note',
    dialog: {
      acknowledged: 'Acknowledge this incident',
      lifted: 'Lift the acknowledgement',
      note: 'A note for the next shift',
    },
    explained:
      'It stops repeated messages and takeovers of walls, for everybody. It ends when the incident gets worse, spreads or is over.',
    visible: 'Everybody who can read this page sees the name and the note.',
    name: 'Your name',
    text: 'Note',
    optional: 'Note, optional',
    term: 'Until',
    terms: (hours: number) => (hours === 0 ? 'it is over' : hours === 1 ? 'in an hour' : `in ${hours} hours`),
    cancel: 'Cancel',
    save: 'Save',
    needsToken: 'This needs the admin token of the server, or the link of a message.',
    unreachable: 'The server cannot be reached. Nothing was saved.',
    ours: 'this office',
  },
  incidentPage: {
    joined: {
      heading: 'Your account and the status page',
      statusPage: 'status page',
      before: (length: string) => `Your account was told ${length} before the status page.`,
      after: (length: string) => `Your account was told ${length} after the status page.`,
      together: 'Your account and the status page were told at the same time.',
      unknown: 'It is not known which was told first.',
      byTheirClocks: (sentence: string) => `By their own clocks: ${sentence}`,
    },
    written: 'Written about this',
    /** `length` is null where it is unknown. */
    endedAfter: (stage: string, length: string | null) => (length === null ? stage : `${stage} after ${length}`),
    begins: (clock: string) => `begins ${clock}`,
    zone: (zone: string) => `Times are ${zone}.`,
    about: 'About',
    provider: 'Provider',
    impact: 'Impact',
    impacts: { none: 'none', minor: 'minor', major: 'major', critical: 'critical', maintenance: 'maintenance' },
    scope: 'Scope',
    scopes: { regional: 'the regions named', global: 'worldwide', unspecified: 'no region named' },
    services: 'Services',
    window: 'Window',
    length: 'Length',
    /** The line of severity over time. */
    line: {
      heading: 'How bad, and when',
      theirs: 'their clock',
      ours: 'our clock',
      marks: 'What was said, and when',
      hint: (n: number) => (n === 1 ? 'The mark leads to its words.' : `Each of the ${n} marks leads to its words.`),
      dated: (clock: string) => `dated ${clock}`,
      read: (clock: string, late: string | null) => `read ${clock}${late === null ? '' : ` (${late})`}`,
      later: (span: string) => `${span} later`,
      earlier: (span: string) => `${span} earlier`,
    },
    affected: 'Affected',
    regions: 'Regions',
    zones: 'Zones',
    noneNamed: 'The provider names no region and no service.',
    left: (clock: string) => `until ${clock}`,
    now: 'now:',
    updates: 'Updates',
    order: 'Order of the updates',
    newestFirst: 'Newest first',
    oldestFirst: 'Oldest first',
    noUpdates: 'The provider has said nothing beside the title.',
    changed: {
      status: (from: string, to: string) => `Status changed from ${from} to ${to}.`,
      impact: (from: string, to: string) => `Impact changed from ${from} to ${to}.`,
      regionsAdded: (regions: string) => `Affected from now on: ${regions}.`,
      regionsRemoved: (regions: string) => `No longer affected: ${regions}.`,
      servicesAdded: (services: string) => `Services affected from now on: ${services}.`,
      servicesRemoved: (services: string) => `Services no longer affected: ${services}.`,
      title: (title: string) => `New title: ${title}`,
      scope: (scope: string) => `Scope from now on: ${scope}.`,
      window: (period: string) => `Moved to ${period}.`,
    },
    /** Whose clock gave the times. */
    clock: 'Clock',
    noWindow: 'No longer has a time.',
    clocks: { source: 'the source’s', ours: 'ours: the source gives no time', both: 'the source’s; the end is ours' },
    rewritten: 'rewritten by the source',
    older: (n: number) => (n === 1 ? 'One earlier entry is in the record.' : `${n} earlier entries are in the record.`),
    others: 'Other incidents',
    earlier: 'Earlier',
    later: 'Later',
    ofProvider: (provider: string) => `All of ${provider}`,
    loading: 'Loading the incident.',
    failed: 'The server did not give this incident. Reload to try again.',
    gone: 'This incident is not known here, or no longer.',
    toList: 'Go to all incidents',
    /** Read aloud when an update comes in. */
    spokenUpdate: (stage: string, text: string) => `New update: ${stage}. ${text}`,
    views: 'What happened',
    record: {
      heading: 'Record',
      note: 'Every change that was read, by our clock and by that of the source.',
      entry: (n: number) => `#${n}`,
      seen: 'Read',
      unseen: 'before times were recorded',
      said: 'Dated by the source',
      unsaid: 'not dated',
      lag: 'Lag',
      ahead: (span: string) => `dated ${span} ahead`,
      asSaid: 'As the source said it',
      address: 'Address',
      date: "The source's clock",
      etag: 'Version tag',
      lastModified: 'Last changed',
      loading: 'Loading.',
      failed: 'The server did not give the record. Reload to try again.',
      notKept: 'What the source said of this entry is not kept, or not any more.',
    },
  },
  incidents: {
    /** What a cloud told to our own account, not to everybody. */
    yours: 'your account',
    toAccount: (place: string) => `${place}, your account`,
    none: 'None anywhere.',
    noneKnown: 'None is known.',
    /** Where only the reader's own are listed. */
    noneMine: 'None that concerns this stack.',
    /** What is going on, beside the heading 'Incidents': '5', '5 and 1 maintenance'. */
    count: ({ incidents, maintenances }: Record<'incidents' | 'maintenances', number>) =>
      maintenances === 0
        ? whole(incidents)
        : `${whole(incidents)} and ${whole(maintenances)} ${maintenances === 1 ? 'maintenance' : 'maintenances'}`,
    /** Groups of what is going on, by the reader's stack. */
    groups: { yours: 'Yours', concerns: 'Concerns you', may: 'May concern you', elsewhere: 'Elsewhere' },
    /** Beside the heading: why the number of incidents and that of regions differ. */
    affected: (count: string, regions: number, placeless: number) =>
      [
        count,
        `${whole(regions)} ${regions === 1 ? 'region' : 'regions'} affected`,
        ...(placeless === 0 ? [] : [`${whole(placeless)} ${placeless === 1 ? 'names' : 'name'} no region`]),
      ].join(' · '),
    /** A link to those that do not fit. */
    more: (n: number) => `and ${whole(n)} more`,
    scheduled: 'Scheduled maintenance',
    ended: 'Ended lately',
    worldwide: (provider: string) => `${provider}, worldwide`,
    inRegions: (provider: string, regions: readonly string[]) => `${provider} ${lists.sentence(regions)}`,
    /** Before the title. */
    where: (where: string) => `${where}: `,
    stateAndStage: (state: string, stage: string) => `${state}, ${stage}`,
    endedAfter: ({ stage, length, ago }: Record<'stage' | 'length' | 'ago', string>) =>
      `${stage} after ${length}, ${ago}`,
    /** The source gives no dates: when we first read it. */
    firstRead: (clock: string) => `first read ${clock}`,
    /** The source told one time, or none: when it was over at the latest. */
    endedBy: (stage: string, clock: string) => `${stage} by ${clock}`,
    /** An open incident of a history without news for days. */
    notUpdatedSince: (time: string) => `not updated since ${time}`,
    update: (stage: string) => `${stage}.`,
    updates: (n: number) => (n === 1 ? '1 update' : `${n} updates`),
    less: 'Less',
    /** Read aloud after the number of updates. */
    of: (title: string) => `of ${title}`,
    /** A link to all, where more are active than the list shows. */
    all: (n: number) => `All ${n} incidents`,
    statusPage: 'Status page',
  },
  lists,
  /** The last 24 hours as a picture. */
  lanes: {
    heading: 'Last 24 hours',
    quiet: 'No incident in the last 24 hours, and no maintenance in the next six.',
    noneKnown: 'No incident of the last 24 hours is known.',
    /** Providers whose hours have gaps. */
    unread: (n: number) =>
      n === 1 ? 'One provider was not read in all of them.' : `${whole(n)} providers were not read in all of them.`,
    count: ({ incidents, planned }: { incidents: number; planned: number }) =>
      [
        ...(incidents === 0 ? [] : [incidents === 1 ? '1 incident' : `${whole(incidents)} incidents`]),
        ...(planned === 0 ? [] : [`${whole(planned)} planned ahead`]),
      ].join(', '),
    more: (n: number) => (n === 1 ? '1 more provider' : `${n} more providers`),
    slider: 'Time that the globe shows',
    now: 'now',
    at: (time: string, span: string) => `${time}, ${span} ago`,
    shown: (time: string) => `The globe shows ${time}.`,
    backToNow: 'Back to now',
  },
  near: {
    cityHint: 'Vienna, Osaka, São Paulo',
    cities: 'Cities',
    cityCount: (n: number) => (n === 1 ? '1 city' : `${whole(n)} cities`),
    people: (n: number) => `${compact(n)} people`,
    citiesAreLoading: 'The list of cities is being loaded.',
    citiesAreMissing: 'The list of cities cannot be loaded. Only cities of regions and edge locations are known.',
    citiesFrom: 'Cities, a selection from',
    show: 'Show',
    here: 'Use where I am',
    privacy: 'What you type and where you are never leave this page.',
    noCity: (text: string) => `No city '${text}' is known here. Try a larger one nearby.`,
    noPlace: 'No place is named yet: regions are in the order of their names.',
    from: (place: string) => `Distances from ${place}, as the crow flies.`,
    asking: 'The browser is being asked.',
    yourPlace: 'where you are',
    denied: 'The browser does not tell where you are. Name a city instead.',
    filters: 'Filters',
    any: 'any',
    provider: 'Provider',
    continent: 'Continent',
    country: 'Country',
    zones: 'Zones, at least',
    carbonFree: 'Carbon-free, published, at least',
    gridIntensity: 'Grid, at most',
    grams: (g: number) => `${g} gCO₂e/kWh`,
    operational: 'Only operational',
    found: (n: number) => (n === 1 ? '1 region' : `${whole(n)} regions`),
    noneFits: 'No region fits. Take a filter back.',
    all: (n: number) => `Show all ${whole(n)}`,
    measured: 'First byte',
    measuredFrom: (places: string) =>
      `First byte: measured by probes from ${places}, where the workers run; not from you.`,
    roundTrips: {
      column: 'Round trip',
      measure: (n: number) => `Measure round trips to ${n === 1 ? '1 endpoint' : `${whole(n)} endpoints`}`,
      warning: 'Your browser then asks the providers’ public endpoints itself, so that they see your address.',
      order: 'Order',
      byDistance: 'by distance',
      byTrip: 'by round trip',
      busy: (done: number, all: number) => `${whole(done)} of ${whole(all)} measured.`,
      done: (answered: number, all: number) =>
        `${whole(answered)} of ${whole(all)} answered, measured from this browser.`,
      noAnswer: 'no answer',
    },
    compare: 'Compare',
    comparePlace: (place: string) => `Compare ${place}`,
    comparison: 'Side by side',
    chooseMore: 'Tick up to four regions to see them side by side.',
    remove: 'Remove',
  },
  newsPage: {
    heading: "What's happening around the globe",
    summary({ articles, stories, shown, zone }: NewsSummary): string {
      const all = `${whole(articles)} ${articles === 1 ? 'article' : 'articles'} in ${whole(stories)} ${stories === 1 ? 'story' : 'stories'}`
      return `${all}${shown === null ? '' : `; ${whole(shown)} shown`}. Times are ${zone}.`
    },
    asOf: (clock: string) => `As it was at ${clock}.`,
    find: 'Find',
    findHint: 'title, summary, source, topic',
    topics: 'Topics',
    allTopics: 'All',
    any: 'any',
    by: { topic: 'Topic', provider: 'Provider', region: 'Region', country: 'Country', language: 'Language' },
    option: (name: string, n: number) => `${name} (${whole(n)})`,
    clear: 'Take all filters back',
    alsoIn: (publishers: readonly string[]) => `also in ${lists.sentence(publishers)}`,
    feedTopics: 'whole feed:',
    newStories: (n: number) => `${whole(n)} new`,
    showNew: (n: number): string => (n === 1 ? 'Show it' : 'Show them'),
    lastVisit: 'since your last visit',
    unread: (n: number) => `${whole(n)} since your last visit`,
    none: 'No article yet.',
    noneFits: 'No story fits. Take a filter back.',
    loading: 'Older articles are being read.',
    failed: 'Older articles could not be read.',
    again: 'Try again',
    end: 'The server gives no older ones.',
    searched: (n: number): string =>
      `Searched in the ${whole(n)} ${n === 1 ? 'article' : 'articles'} read so far; the server looks through older ones.`,
    customers: 'Customer stories',
    /** 'CTO at Contoso'; '' where neither is known. */
    position: ({ role, company }: Omit<Speaker, 'name'>) =>
      role === null ? (company ?? '') : company === null ? role : `${role} at ${company}`,
    /** 'Ada King, CTO at Contoso' */
    speaker: ({ name, role, company }: Speaker) =>
      `${name}${role === null ? '' : `, ${role}`}${company === null ? '' : `${role === null ? ', ' : ' at '}${company}`}`,
    keys: ({ next, previous, open, find }: Record<'next' | 'previous' | 'open' | 'find', string>) =>
      `${next} and ${previous} go through the stories, ${open} opens one, ${find} finds.`,
    does: { next: 'Next story', previous: 'Previous story', find: 'Find in the news' },
    topic: topicIn({
      ai: 'AI',
      cloud: 'Cloud',
      compliance: 'Compliance',
      'customer-stories': 'Customer stories',
      datacenters: 'Data centres',
      networking: 'Networking',
      pricing: 'Pricing',
      releases: 'Releases',
      reliability: 'Reliability',
      security: 'Security',
      sustainability: 'Sustainability',
    }),
    language: languagesIn('en-GB'),
  },
  news: {
    /** Before a title: where it is about. */
    at: (place: string) => `${place}:`,
    undated: 'undated',
    publishers: (first: string, more: number) => (more === 0 ? first : `${first} and ${more} more`),
    all: (n: number) => `All ${whole(n)} ${n === 1 ? 'article' : 'articles'}`,
  },
  /** Desktop notifications and the tone, for incidents in the reader's own regions. */
  notifications: {
    heading: 'Notices',
    /** The button's state, read aloud. */
    state: (on: boolean): string => (on ? 'Notices, on' : 'Notices, off'),
    what: 'You are told when an incident that concerns your stack opens, grows worse or spreads in it, and when it is over. Planned work is not told.',
    chooseFirst: 'Notices are about your own stack, and there is nothing in it yet.',
    show: 'Show a notice on this screen while I look elsewhere',
    sound: 'Play a quiet tone',
    soundRule: 'After a reload the browser lets the page sound only once you have clicked on it.',
    asks: 'Your browser will ask whether it may.',
    denied: 'Your browser does not let this page show notices. Allow them in its settings for this site.',
    unsupported: 'This browser shows notices only for pages over https or on localhost.',
    here: 'This is kept on this device, and works while the page is open.',
    closed: 'Tell me also while this page is closed',
    closedRule:
      'Your browser then learns of incidents through the push service of its maker, encrypted. What is told is kept on the server until you untick this.',
    closedOff: 'It is not set up here. Whoever runs this server finds out how in its manual.',
    closedUnsupported:
      'This browser takes no pushed notices here. On an iPhone or iPad, put this page on the home screen first.',
    closedFailed: 'It could not be set up. Try again in a moment.',
    title: noticeTitles,
  },
  /** The services of a region or a cloud, and the parts of a vendor. */
  parts: {
    services: 'Services',
    noneTroubled: 'No service is reported to be in trouble.',
    /** Of the stack that the page speaks of; `stack` is its name, null for the reader's own. */
    yours: (stack: string | null) => (stack === null ? 'in your stack' : `in ${stack}`),
    yourStack: (stack: string | null) => stack ?? 'Your stack',
    all: 'All',
    whose: 'Whose services',
    noneYours: 'Nothing that this stack uses is reported to be in trouble.',
    whole: 'Region as a whole',
    service: 'Service',
    well: 'not reported',
    showAll: (n: number) => `Show all ${whole(n)}`,
    showFewer: 'Show fewer',
    lastKnown: (state: string) => `last known: ${state}`,
    components: 'Components',
    ungrouped: 'Under no heading',
    noComponents: 'Its status page lists no components.',
    /** Of a group whose parts are all in one state. */
    allIn: (n: number, state: string) => `${n === 1 ? '1 component' : `${whole(n)} components`}: ${state}`,
    someIn: (n: number, all: number, state: string) => `${whole(n)} of ${whole(all)}: ${state}`,
    runsIn: 'Where it runs',
    /** `places` are cloud regions. */
    only: 'runs in',
    oneOf: 'runs in one of',
    accordingTo: (source: string) => `according to: ${source}`,
    partOf: 'A part of',
    troubledIn: 'In trouble in',
    nowhere: 'It is not reported to be in trouble in any region.',
    allOf: (provider: string) => `All of ${provider}`,
    notWatched: (vendor: string) => `${vendor} is known, and not watched here.`,
    watchIt: 'To watch it, add this line to the list of sources in the sources file.',
    notReadable: 'Its status page has no form that can be read here.',
    line: 'Line',
  },
  /** Shared by the pages of a region, of a provider and of the nearest regions. */
  places: {
    loading: 'Loading.',
    failed: 'The server could not be asked. Reload to try again.',
    openPage: 'Open its page',
    active: 'Now',
    noneActive: 'No incident.',
    notRead: 'Not read yet.',
    past: 'Past incidents',
    nonePast: 'None that is kept.',
    left: (period: string) => `here ${period}, still open elsewhere`,
    wasHere: (period: string) => `here ${period}`,
    about: 'Facts',
    timesIn: (city: string) => `Show times in ${city}’s zone`,
    coordinates: 'Coordinates',
    nearby: 'Nearby regions',
    region: 'Region',
    state: 'State',
    distance: 'Distance',
    km: (km: number) => `${whole(km)} km`,
  },
  /** Measurements from where the workers run. */
  probes: {
    heading: 'Probes',
    about: 'Measured from here, beside what providers say of themselves.',
    columns: {
      endpoint: 'Endpoint',
      region: 'Region',
      state: 'State',
      from: 'Measured from',
      phases: 'Phases',
      measured: 'Measured',
    },
    /** `places`: from where; empty when unknown. */
    reachableFrom: (places: readonly string[]) =>
      places.length === 0 ? 'Reachable from here' : `Reachable from here (${places.join(', ')})`,
    row: (name: string, state: string) => `${name}: ${state}`,
    reachable: (since: string) => `reachable ${since}`,
    unreachable: (since: string, why: string | null) => `not reachable ${since}: ${why ?? 'no reason told'}`,
    notMeasured: (why: string) => `not measured: ${why}`,
    notMeasuredYet: 'not measured yet',
    lastKnown: (reachable: boolean, clock: string) =>
      `last known: ${reachable ? 'reachable' : 'not reachable'}, ${clock}`,
    phases: { name: 'name', connect: 'connect', tls: 'TLS', firstByte: 'first byte' },
    phase: (name: string, ms: number) => `${name} ${ms} ms`,
    contradiction: ({ place, provider, from, since }: Contradiction) =>
      `${place}: ${provider} says operational, but it has not been reachable from here (${from}) since ${since}.`,
  },
  providerPage: {
    noProvider: (id: string) => `No provider '${id}' is watched here.`,
    state: (name: string, state: string) => `${name}: ${state}.`,
    troubles: 'In trouble now',
    noTroubles: 'No region and no part is reported to be in trouble.',
    parts: 'Parts of no region',
    ownFigures: 'What it says of itself',
    /** The source of a figure and the day it was read. */
    readAt: (host: string, date: string) => `${host}, read ${date}`,
    counted: 'What is counted here',
    noSources: 'No source tells of it.',
    lastRead: (ago: string) => `read ${ago}`,
    home: 'Its site',
    statusPage: 'Its status page',
    asStatuspage: 'In the format of a Statuspage',
  },
  /** Why an incident concerns a stack: 'concerns you: Lambda in us-east-1'. */
  reasons: {
    concerns: (what: string) => `concerns you: ${what}`,
    may: (what: string) => `may concern you: ${what}`,
    inPlace: (service: string, place: string) => `${service} in ${place}`,
    /** A service is used there, and none is named. */
    whole: (place: string) => `${place} as a whole`,
    /** `named` is in trouble, `used` is what the stack uses. */
    wider: (named: string, used: string) => `${named}, which ${used} is part of`,
    narrower: (named: string, used: string) => `${named}, a part of ${used}`,
    dependency: (vendor: string, place: string) => `${vendor} runs in ${place}`,
    unplaced: (what: string) => `${what}, no place named`,
    source: (name: string) => `your source ${name}`,
    noted: (what: string, note: string) => `${what} (${note})`,
    zones: (named: readonly string[], own: readonly string[]) =>
      `names ${lists.plain(named)}; you said ${lists.plain(own)}`,
    /** `stack` is a stack that the reader's stands on. */
    via: (what: string, stack: string) => `${what} (through ${stack})`,
  },
  /** What a reader passes on, and the words that go into a chat: in one line, by UTC. */
  share: {
    share: 'Share',
    link: 'Copy link',
    text: 'Copy as text',
    copied: 'Copied.',
    notCopied: "Not copied: copy the page's address instead.",
    since: (state: string, clock: string) => `${state} since ${clock} UTC`,
    begins: (stage: string, clock: string) => `${stage}, begins ${clock} UTC`,
    at: (stage: string, clock: string) => `${stage} ${clock} UTC`,
    known: (state: string, lastKnown: string) => `${state}, ${lastKnown} UTC`,
    notUpdatedSince: (clock: string) => `, not updated since ${clock} UTC`,
    said: (place: string, state: string) => `${place}: ${state}`,
    /** With its stop, where it has none. */
    sentence: (text: string) => (/[.!?…。]$/.test(text) ? text : `${text}.`),
  },
  /** Stacks: one is shown alone, shared, and brought by a link. */
  stackChoice: {
    legend: 'Shown',
    edit: 'Edit my stack',
    choose: 'Choose my stack',
    all: 'All',
    own: 'Mine',
    link: 'From a link',
    heading: 'My stack',
    none: "Open a region and choose 'Add to my stack'.",
    /** A part of the stack, as it is read aloud. */
    tile: (name: string, state: string, since: string | null) =>
      `${name}: ${state}${since === null ? '' : ` ${since}`}`,
    /** The parts that are not shown, and the worst state among them. */
    rest: (n: number, state: string, isAll: boolean) =>
      `and ${whole(n)} more, ${n === 1 ? '' : isAll ? 'all ' : 'at worst '}${state}`,
    fewer: 'Show fewer',
    /** The stacks of the settings, where the reader has none of their own. */
    ofOffice: 'What this office runs on',
    fromLink: (name: string) => (name === '' ? 'This stack came with a link.' : `The stack ${name} came with a link.`),
    keep: 'Keep it as mine',
    closeLink: 'Back to mine',
    /** `more`: how many beyond those named; may be below 0. */
    unknown: (codes: readonly string[], more: number) =>
      `Not known here, so left out: ${lists.plain(codes)}${more > 0 ? ` and ${more} more` : ''}.`,
    over: (n: number, most: number) => `The link names more than ${most}; the last ${n} were left out.`,
  },
  regionList: {
    summary: ({ shown, all, zone }: RegionListSummary) =>
      `${shown === all ? `${whole(all)} regions` : `${whole(shown)} of ${whole(all)} regions`}. Times are ${zone}.`,
    asList: 'Table and cards',
    view: 'View',
    views: { table: 'Table', cards: 'Cards', matrix: 'Matrix' },
    filters: 'Filter regions',
    findHint: 'name, code, city, country',
    trouble: 'any trouble',
    geography: 'Geography',
    groupBy: 'Group by',
    noGroup: 'nothing',
    groups: { provider: 'provider', geography: 'geography', metro: 'metro' },
    onlyMine: 'Only my regions',
    incidents: (n: number) => (n === 1 ? '1 incident' : `${whole(n)} incidents`),
    columns: {
      state: 'State',
      region: 'Region',
      code: 'Code',
      provider: 'Provider',
      place: 'Place',
      zones: 'Zones',
      since: 'Since',
      incidents: 'Incidents',
      carbonFree: 'Carbon-free, published',
      gridCarbonFree: 'Carbon-free, grid',
      gridIntensity: 'gCO₂e/kWh, grid',
    },
  },
  /** A region wherever it is named: matrix, panel, globe, lists. */
  regions: {
    /** The legend of the switch between the matrix's sheets. */
    providers: 'Providers',
    /** The catalogue names the continents in English. */
    geography: (continent: string) => continent,
    noRegionNamed: (state: string) => `${state}, no region named`,
    /** A cell of the matrix, as it is read aloud after its name. */
    state: ({ state, since, services }: Omit<RegionSentence, 'place'>) =>
      `${state}${since === null ? '' : ` ${since}`}.${services.length === 0 ? '' : ` ${lists.plain(services)}.`}`,
    noneMine: 'Your stack names no region.',
    add: 'Add to my stack',
    remove: 'Remove from my stack',
    announced: 'Announced, not open yet',
    announcedSentence: (place: string) => `${place}: announced, not open yet.`,
    lastKnown: (state: string, clock: string) => `last known: ${state}, ${clock}`,
    notRead: 'not read yet',
    unknownSentence: (place: string, lastKnown: string | null) =>
      lastKnown === null ? `${place}: not read yet.` : `${place}: unknown, ${lastKnown}.`,
    /** A state that some services of the region are in, not the region as a whole. */
    limited: (state: string, services: number) =>
      `${state} (${whole(services)} ${services === 1 ? 'service' : 'services'})`,
    inZones: (service: string, zones: readonly string[]) => `${service} (${lists.plain(zones)})`,
    zonesNamed: (zones: readonly string[]) => `Zones named: ${lists.plain(zones)}`,
    moreServices: (n: number) => `and ${whole(n)} more ${n === 1 ? 'service' : 'services'}`,
    /** 'Azure West Europe: degraded performance since 14:02 (38 min). Storage.' */
    sentence: ({ place, state, since, services }: RegionSentence) =>
      `${place}: ${state}${since === null ? '' : ` ${since}`}.${services.length === 0 ? '' : ` ${lists.plain(services)}.`}`,
    country: countriesIn('en-GB'),
    facts: {
      code: 'Code',
      name: 'Name',
      city: 'City',
      country: 'Located in',
      zones: 'Zones',
      localTime: 'Local time',
      opened: 'Opened',
      pair: 'Pair',
      access: 'Access',
      residency: 'Data stay in',
      carbonFree: 'Carbon-free, published',
      gridCarbonFree: 'Carbon-free, grid',
      gridIntensity: 'gCO₂e/kWh, grid',
    },
    share: (percent: number) => `${percent} %`,
    /** Said of a region that its provider opens only on request. */
    restricted: 'access on request',
    electricity: {
      heading: 'Electricity',
      published: (provider: string) => `${provider} publishes`,
      grid: 'Its grid',
      carbonFree: 'Carbon-free',
      intensity: 'gCO₂e per kWh',
      year: 'Year',
      zone: 'Zone',
      zoneOf: { nearest: 'nearest data centre', metro: 'metro area', country: 'whole country' },
      apart:
        'Published figures and those of the grid do not compare: a provider may count electricity that it has bought elsewhere.',
      source: 'Data of the grid:',
    },
    claims: {
      heading: 'Access and compliance',
      residency: 'Data stay in',
      restricted: 'Access',
      government: 'Only for',
      sovereign: 'Sovereign cloud of',
      operator: 'Operated by',
      'eu-boundary': 'Boundary',
      fedramp: 'FedRAMP',
      onRequest: 'on request',
      /** The page that states it, and its day. */
      source: (host: string, date: string) => `${host}, ${date}`,
    },
  },
  /** Services outside the regions. */
  services: { heading: 'Other services' },
  sourcePage: {
    summary({ answering, total, waiting, shown, zone }: SourceSummary): string {
      const notAsked = waiting === 0 ? '' : `, ${waiting} not asked yet`
      return `${answering} of ${total} answer${notAsked}${shown === null ? '' : `; ${shown} shown`}. Times are ${zone}.`
    },
    key: 'A bar an hour, the last is now: full, all polls ok; half, some failed; hollow, all failed; a dot, no poll.',
    noSource: 'The sources file names no source.',
    noneFits: 'No source fits. Take a filter back.',
    find: 'Find',
    findHint: 'name, host, kind',
    provider: 'Provider',
    any: 'any',
    sortBy: 'Sort by',
    states: { ok: 'answering', failing: 'failing', waiting: 'waiting', unread: 'not asked yet', disabled: 'disabled' },
    sorts: { state: 'trouble first', name: 'name', change: 'last change', latency: 'slowest first' },
    columns: {
      source: 'Source',
      kind: 'Kind',
      state: 'State',
      day: 'Last 24 h',
      read: 'Last read',
      change: 'Last change',
      latency: 'Latency',
      every: 'Every',
      next: 'Next',
    },
    neverRead: 'never',
    noChange: 'none seen',
    now: 'now',
    pollNow: 'Poll now',
    pollSourceNow: (name: string) => `Poll ${name} now`,
    token: 'Admin token',
    cancel: 'Cancel',
    polled: (name: string) => `${name} is polled now.`,
    unreachable: (name: string) => `The server could not be reached; ${name} was not asked. Try again.`,
    wrongToken: 'This token was not accepted. It is the ADMIN_TOKEN of the server.',
    notWatched: (name: string) => `${name} is no longer watched, or the server no longer has an admin token.`,
    tooManyTokens: 'Too many wrong tokens came from this address. Try again in a minute.',
    answeredWith: (status: number) => `The server answered with ${status}; its log says more.`,
  },
  /** The state and the kind of a source. */
  sourceWords: {
    noPost: 'nothing received yet',
    lastPost: (at: string) => `Last post ${at}.`,
    answers: 'answers',
    notAsked: 'not asked yet',
    waits: 'waits',
    disabled: 'disabled',
    failed: (times: number) => (times === 1 ? 'failed once' : `failed ${times} times in a row`),
    silent: (failed: string) => `silent, ${failed}`,
    noReason: 'no reason told',
    reason: (why: string) => `${why}.`,
    leftAlone: (host: string, until: string) => `${host} asks to be left alone until ${until}.`,
    nextTry: (at: string) => `Next try ${at}.`,
    cut: (count: number) =>
      `More than is kept of one reading: ${count} ${count === 1 ? 'part' : 'parts'} left out, the oldest first.`,
    postponed: (count: number) =>
      `Has told its share of the minute: ${count} ${count === 1 ? 'change waits' : 'changes wait'} for the next reading.`,
    lostPictures: (count: number, why: string) =>
      `Without ${count} ${count === 1 ? 'picture' : 'pictures'} of its articles, the newest: ${why}.`,
    nextLook: (at: string) => `Looked at again ${at}.`,
    /** How a source announces changes between polls. */
    pushes: { websub: 'told by its hub', webhook: 'told by a webhook' },
    kinds: {
      'azure-rss': 'Azure status feed',
      'aws-events': 'AWS current events',
      'aws-rss': 'AWS status feed',
      'google-incidents': 'Google incident list',
      'oracle-components': 'Oracle Cloud status',
      statuspage: 'Statuspage',
      instatus: 'Instatus',
      statusio: 'Status.io',
      betterstack: 'Better Stack',
      cachet: 'Cachet',
      'uptime-kuma': 'Uptime Kuma',
      gatus: 'Gatus',
      upptime: 'Upptime',
      slack: 'Slack status',
      heroku: 'Heroku status',
      'rss-status': 'status feed',
      okta: 'Okta status',
      statuspal: 'Statuspal',
      cstate: 'cState',
      rootly: 'Rootly',
      m365: 'Microsoft 365 posts',
      'azure-devops': 'Azure DevOps status',
      'salesforce-trust': 'Salesforce Trust',
      zendesk: 'Zendesk status',
      pagerduty: 'PagerDuty status page',
      firehydrant: 'FireHydrant status page',
      feed: 'news feed',
      probe: 'probe',
      inbound: 'posted to us',
    } satisfies Record<SourceKind, string>,
  },
  sources: {
    answering: (answering: number, total: number) => `${answering} of ${total} sources answer`,
    /** Follows `answering`. */
    notAsked: (n: number) => `, ${n} not asked yet`,
    more: (n: number) => `${n} more`,
    /** 'GitHub (githubstatus.com) has not answered since 13:40: timeout after 10 s. Next try 14:05.' */
    silence({ name, host, since, why, next }: Silence): string {
      const silent = since === null ? 'has never answered' : `has not answered since ${since}`
      return `${name} (${host}) ${silent}${why === null ? '' : `: ${why}`}.${next === null ? '' : ` Next try ${next}.`}`
    },
  },
  states: {
    label: {
      operational: 'operational',
      under_maintenance: 'under maintenance',
      degraded_performance: 'degraded performance',
      partial_outage: 'partial outage',
      major_outage: 'major outage',
      unknown: 'unknown',
    },
    short: shortStates,
    stage: {
      investigating: 'investigating',
      identified: 'identified',
      monitoring: 'monitoring',
      resolved: 'resolved',
      postmortem: 'postmortem',
      scheduled: 'scheduled',
      in_progress: 'in progress',
      verifying: 'verifying',
      completed: 'completed',
    },
  },
  subscribe: {
    noRegion: (id: string) => `No provider that is watched here has a region '${id}'.`,
    heading: 'Subscribe',
    about: 'All that happens here is told at once, to programs and to people.',
    forPrograms: 'For programs',
    channel: 'Channel',
    program: 'From a program',
    stream: 'From a shell',
    feed: (format: string) => `Feed, ${format}`,
    calendar: 'Calendar of maintenance',
    badge: 'Badge',
    badgeOf: (place: string) => `Badge of ${place}`,
    frame: 'On any page',
    copy: 'Copy',
    copied: (what: string) => `${what}: copied.`,
    notCopied: (what: string) => `${what}: this browser does not let it be copied. Select the text instead.`,
  },
  /** The ticker, and announcements for screen readers. */
  ticker: {
    label: 'Ticker',
    play: 'Play',
    pause: 'Pause',
    playTicker: 'Play the ticker',
    pauseTicker: 'Pause the ticker',
    notice: 'Notice',
    ended: (stage: string, ago: string) => `${stage} ${ago}`,
    spokenOpened: (where: string, title: string) => sentenceCase(`${where}: new incident. ${title}`),
    spokenEnded: ({ where, stage, title }: Record<'where' | 'stage' | 'title', string>) =>
      sentenceCase(`${where}: ${stage}. ${title}`),
    moreChanges: (n: number) => (n === 1 ? '1 more change.' : `${n} more changes.`),
  },
  time: {
    dayAndTime: (day: string, time: string) => `${day} ${time}`,
    milliseconds: (n: number) => `${n} ms`,
    tenthsOfSecond: (seconds: number) => `${tenths(seconds)} s`,
    seconds: (n: number) => `${n} s`,
    minutes: (n: number) => `${n} min`,
    hours: (n: number, minutes: number) => (minutes === 0 ? `${n} h` : `${n} h ${minutes} min`),
    days: (n: number, hours: number) => (hours === 0 ? `${n} d` : `${n} d ${hours} h`),
    underOneMinute: 'under 1 min',
    since: (clock: string, age: string) => `since ${clock} (${age})`,
    ago: (span: string) => `${span} ago`,
    underOneMinuteAgo: 'under 1 min ago',
    period: (from: string, until: string) => `${from} to ${until}`,
  },
}

/** All words of the page in one language: every key of English, with the same parameters. */
export type Words = typeof en
