import { statusWords } from '../../../shared/domain/status.ts'
import { countriesIn, listsIn, numbersIn, sentenceCase } from '../formats.ts'

const { whole, percent, tenths } = numbersIn('en-GB')

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

/** How words and sentences are joined. */
export const lists = {
  /** `a, b and c`; beyond `most`, three by default, the rest is counted: `a, b, c and 4 more`. */
  sentence: listsIn('en-GB', n => `${n} more`),
  plain: (items: readonly string[]) => items.join(', '),
  sentences: (sentences: readonly string[]) => sentences.join(' '),
}

/** A place that its provider calls operational and a probe cannot reach. */
type Contradiction = { place: string; provider: string; from: string; since: string }

type RegionSentence = { place: string; state: string; since: string | null; services: readonly string[] }

/** A source that does not answer; times as text. `since` is null when it never answered. */
type Silence = { name: string; host: string; since: string | null; why: string | null; next: string | null }

/** What the first screen says. English comes with the first script, and its type is that of every language. */
export const first = {
  /** BCP 47, as the document's `lang`. */
  tag: 'en',
  dir: 'ltr' as 'ltr' | 'rtl',
  /** BCP 47, for dates and numbers. */
  locale: 'en-GB',
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
  /** Before the first snapshot: waiting, and asking for the view token. */
  entrance: {
    waiting: 'Waiting for the first picture.',
    unreachable: (since: string, why: string) => `This server has not given a picture since ${since} (${why}).`,
    answeredWith: (status: number) => `it answered with ${status}`,
    nextTry: (seconds: number) => `Next try in ${seconds} s.`,
    trying: 'Trying now.',
    noReload: 'Nothing has to be reloaded.',
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
    search: {
      label: 'Search',
      placeholder: 'Region, service, vendor',
      none: 'Nothing is called so.',
      notWatched: 'not watched here',
      count: (n: number) => (n === 1 ? 'One result' : `${n} results`),
    },
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
  /** What this office does about an incident. */
  handling: { tag: (by: string) => `acknowledged: ${by}` },
  incidents: {
    /** What a cloud told to our own account, not to everybody. */
    yours: 'your account',
    toAccount: (place: string) => `${place}, your account`,
    none: 'None anywhere.',
    noneKnown: 'None is known.',
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
  newsPage: { unread: (n: number) => `${whole(n)} since your last visit` },
  /** Desktop notifications and the tone, for incidents in the reader's own regions. */
  notifications: {
    heading: 'Notices',
    /** The button's state, read aloud. */
    state: (on: boolean): string => (on ? 'Notices, on' : 'Notices, off'),
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
  providerPage: { state: (name: string, state: string) => `${name}: ${state}.` },
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
  /** A region wherever it is named: matrix, panel, globe, lists. */
  regions: {
    /** A cell of the matrix, as it is read aloud after its name. */
    state: ({ state, since, services }: Omit<RegionSentence, 'place'>) =>
      `${state}${since === null ? '' : ` ${since}`}.${services.length === 0 ? '' : ` ${lists.plain(services)}.`}`,
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
    /** 'Azure West Europe: degraded performance since 14:02 (38 min). Storage.' */
    sentence: ({ place, state, since, services }: RegionSentence) =>
      `${place}: ${state}${since === null ? '' : ` ${since}`}.${services.length === 0 ? '' : ` ${lists.plain(services)}.`}`,
    country: countriesIn('en-GB'),
  },
  sources: {
    /** 'GitHub (githubstatus.com) has not answered since 13:40: timeout after 10 s. Next try 14:05.' */
    silence({ name, host, since, why, next }: Silence): string {
      const silent = since === null ? 'has never answered' : `has not answered since ${since}`
      return `${name} (${host}) ${silent}${why === null ? '' : `: ${why}`}.${next === null ? '' : ` Next try ${next}.`}`
    },
  },
  states: {
    label: statusWords,
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
  /** The ticker, and announcements for screen readers. */
  ticker: {
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

/** The words of the first screen in one language. */
export type FirstWords = typeof first
