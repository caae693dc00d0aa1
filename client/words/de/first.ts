import type { FirstWords, TroubledStatus } from '../en/first.ts'
import { countriesIn, listsIn, numbersIn, sentenceCase } from '../formats.ts'

const { whole, percent, tenths } = numbersIn('de')

/** The state as it follows 'ist' or 'sind'. */
const predicates: Readonly<Record<TroubledStatus | 'trouble', string>> = {
  trouble: 'gestört',
  under_maintenance: 'in Wartung',
  degraded_performance: 'eingeschränkt',
  partial_outage: 'teilweise ausgefallen',
  major_outage: 'weitgehend ausgefallen',
}

const small = 'keine eine zwei drei vier fünf sechs sieben acht neun zehn elf zwölf'.split(' ')

/** 0 to 12 as a word before a feminine noun, more as figures: `drei`, `1.204`. */
const numberWord = (n: number): string => small[n] ?? whole(n)

export const lists: FirstWords['lists'] = {
  sentence: listsIn('de', n => `${n} weitere`),
  plain: items => items.join(', '),
  sentences: sentences => sentences.join(' '),
}

export const first: FirstWords = {
  tag: 'de',
  dir: 'ltr',
  locale: 'de',
  banners: {
    label: 'Hinweise',
    simulated: 'SIMULIERT',
    invented: 'Nachrichten und Störungen erfundener Anbieter, nicht der wirkliche Zustand irgendeiner Cloud',
    noneReachable: sources =>
      sources === 1
        ? 'Die einzige Quelle ist von hier aus nicht erreichbar.'
        : `Keine der ${sources} Quellen ist von hier aus erreichbar.`,
    wayOut: 'Bitte den Internetzugang dieses Rechners prüfen.',
    tryDemo: 'Nephoscope mit simulierten Anbietern startet:',
    notThePresent: state => `Dieses Bild ist nicht der jetzige Stand: ${state}.`,
    hatched: 'Schraffiert ist, was zuletzt bekannt war.',
    notConnected: 'Noch keine Verbindung zum Server.',
    lastKnown: state => `Zu sehen ist, was zuletzt bekannt war (${state}); Schraffiertes kann sich geändert haben.`,
    more: n => (n === 0 ? 'Mehr' : `${n} weitere`),
    outdated: 'Es gibt eine neuere Version dieser Seite.',
    load: 'Laden',
  },
  connection: {
    spoken: state => `Server: ${state}`,
    live: 'Leitung live',
    liveSign: age => `live ${age}`,
    asOf: time => `Stand ${time}`,
    lost: 'getrennt',
    noneYet: 'noch keine Daten',
    connecting: 'verbindet',
    reconnecting: since => `getrennt seit ${since}`,
    silent: since => `keine Antwort seit ${since}`,
    lastKnown: (time, ago) => `Stand ${time}, ${ago}`,
    noReadings: 'wartet auf die ersten Daten',
    stale: since => `veraltet seit ${since}`,
  },
  dashboard: { more: 'Mehr: Globus, Kennzahlen, Regionen', less: 'Weniger' },
  entrance: {
    waiting: 'Wartet auf die ersten Daten.',
    unreachable: (since, why) => `Dieser Server hat seit ${since} keine Daten geliefert (${why}).`,
    answeredWith: status => `er antwortete mit ${status}`,
    nextTry: seconds => `Nächster Versuch in ${seconds} s.`,
    trying: 'Versuch läuft.',
    noReload: 'Neu laden ist nicht nötig.',
  },
  figures: {
    label: 'Kennzahlen',
    whole,
    percent,
    unknown: '–',
    ofStack: name => (name === null ? 'Kennzahlen Ihres Stacks' : `Kennzahlen von ${name}`),
    lastMajor: 'seit schwerem Ausfall',
    longestOpen: 'am längsten offen',
    changesToday: 'Änderungen heute',
    nextMaintenance: 'nächste Wartung',
    readNow: 'gerade gelesen',
    none: 'keine',
    noneTold: 'keine bekannt',
    now: 'jetzt',
    in: length => `in ${length}`,
    onRecordSince: clock => `bekannt seit ${clock}`,
    ofRegions: n => `von ${whole(n)} Regionen`,
    regionsOpen: 'Regionen in Betrieb',
    announced: 'angekündigt',
    zones: 'Zonen',
    countries: 'Länder',
    incidentsNow: 'Störungen jetzt',
  },
  frame: {
    skip: 'Zum Inhalt springen',
    skips: 'Springen',
    skipTo: {
      incidents: 'Zu den Störungen',
      stack: 'Zu meinem Stack',
      regions: 'Zu den Regionen',
      news: 'Zu den Nachrichten',
    },
    pages: 'Seiten',
    nav: {
      incidents: 'Störungen',
      regions: 'Regionen',
      news: 'Nachrichten',
      near: 'Nähe',
      walls: 'Wand',
      sources: 'Quellen',
    },
    settings: 'Einstellungen',
    menu: 'Menü',
    titles: {
      dashboard: 'Übersicht',
      deliveries: 'Nachrichten',
      incidents: 'Störungen',
      incident: 'Störung',
      news: 'Nachrichten',
      near: 'Ihre Region finden',
      regions: 'Regionen',
      sources: 'Quellen',
      stack: 'Mein Stack',
      walls: 'Wandbildschirme',
      wall: 'Wand',
      missing: 'Seite nicht gefunden',
    },
    search: {
      label: 'Suche',
      placeholder: 'Region, Dienst, Anbieter',
      none: 'Nichts heißt so.',
      notWatched: 'hier nicht beobachtet',
      count: n => (n === 1 ? 'Ein Treffer' : `${n} Treffer`),
    },
    close: 'Schließen',
    anotherSite: about => (about === null ? '(fremde Seite)' : `zu ${about} (fremde Seite)`),
    missing: 'Diese Seite gibt es hier nicht.',
    loading: 'Wird geladen.',
    failed: 'Diese Seite konnte nicht geladen werden. Bitte neu laden.',
    toDashboard: 'Zur Übersicht',
  },
  globe: {
    globe:
      'Regionen der Erde. Pfeiltasten drehen sie, Plus und Minus holen sie näher oder weiter weg, Pos1 stellt sie zurück. Die folgende Tabelle nennt alle Regionen.',
    globeOption: 'Globus',
    mapOption: 'Karte',
    projection: 'Form der Erde',
    closer: 'Näher',
    further: 'Weiter weg',
    reset: 'Alles zeigen',
    turn: 'Drehen lassen',
    rest: 'Nicht mehr drehen',
    table: 'Als Tabelle',
    columns: { place: 'Region', status: 'Zustand', since: 'Seit' },
    mine: 'meine',
    announced: 'angekündigt, noch nicht in Betrieb',
    failed: 'Der Globus konnte nicht geladen werden. Bitte die Seite neu laden.',
    tabs: { legend: 'Ansicht', lists: 'Listen', globe: 'Globus' },
  },
  headline: {
    /** 'Azure West Europe ist weitgehend ausgefallen und zwei Regionen sind eingeschränkt.' */
    troubles({ groups, place, own }) {
      const firstCount = place === null ? 0 : 1
      const clauses = groups.map(({ status, count }, index) => {
        if (index === 0 && place !== null) return `${place} ist ${predicates[status]}`
        const regions = own === null ? (count === 1 ? ' Region' : ' Regionen') : ` Ihrer ${numberWord(own)} Regionen`
        const subject = `${numberWord(count)}${index === firstCount ? regions : ''}`
        return `${subject} ${count === 1 ? 'ist' : 'sind'} ${predicates[status]}`
      })
      return `${sentenceCase(lists.sentence(clauses, clauses.length))}.`
    },
    ownUnknown: (unknown, own) =>
      own === 1
        ? 'Der Zustand Ihrer Region ist unbekannt.'
        : `Der Zustand von ${unknown === 1 ? 'einer' : numberWord(unknown)} Ihrer ${numberWord(own)} Regionen ist unbekannt.`,
    ownQuiet: own => (own === 1 ? 'In Ihrer Region ist alles ruhig.' : 'In Ihren Regionen ist alles ruhig.'),
    stackQuiet: 'Worauf Sie laufen, ist ruhig.',
    stackIs: state => `Worauf Sie laufen: ${state}.`,
    unheard: names => `Unbekannt, weil keine Quelle davon berichtet: ${lists.sentence(names)}.`,
    concerned: (places, incidents) =>
      `${incidents === 1 ? 'Eine Störung betrifft' : `${sentenceCase(numberWord(incidents))} Störungen betreffen`} Sie: ${lists.sentence(places)}.`,
    moreConcern: incidents => `${sentenceCase(numberWord(incidents))} weitere Störungen betreffen Sie.`,
    mayConcern: (places, incidents) =>
      `${incidents === 1 ? 'Eine Störung betrifft' : `${sentenceCase(numberWord(incidents))} Störungen betreffen`} Sie vielleicht: ${lists.sentence(places)}.`,
    ofStack: (name, sentence) => `${name}: ${sentence}`,
    providersReport: (providers, incidents) =>
      `${lists.sentence(providers)} ${providers.length === 1 ? 'meldet' : 'melden'} ${
        incidents === 1 ? 'eine Störung' : `${numberWord(incidents)} Störungen`
      }, ohne eine Region zu nennen.`,
    quiet: 'Alles ruhig.',
    quietWhereKnown: unknown =>
      `Ruhig, soweit bekannt; ${
        unknown === 1 ? 'der Zustand einer Region ist' : `der Zustand von ${numberWord(unknown)} Regionen ist`
      } unbekannt.`,
    worst: (place, state, since) => `${place}: ${state}${since === null ? '' : ` ${since}`}`,
    titled: (title, since) => (since === null ? title : `${title}, ${since}`),
    lastChange: ({ ago, where, stage }) => `Letzte Änderung ${ago}: ${where}, ${stage}.`,
    nothingKnown: 'Noch ist nichts bekannt: keine Quelle hat geantwortet.',
    stale: (since, last) => `Veraltet seit ${since}. Zuletzt bekannt: ${last}`,
  },
  hours: {
    last: states => `Letzte 24 Stunden: ${states}.`,
    before: (state, hour) => `${state} vor ${hour}`,
    after: (state, hour) => `${state} nach ${hour}`,
    between: (state, from, until) => `${state} ${from}–${until}`,
    rest: state => `sonst ${state}`,
    from: (state, time) => `${state} ab ${time}`,
    course: spans => sentenceCase(`${spans}.`),
  },
  handling: { tag: (by: string) => `übernommen: ${by}` },
  incidents: {
    yours: 'Ihr Konto',
    toAccount: place => `${place}, Ihr Konto`,
    none: 'Nirgends eine.',
    noneKnown: 'Keine bekannt.',
    count: ({ incidents, maintenances }) =>
      maintenances === 0
        ? whole(incidents)
        : `${whole(incidents)} und ${whole(maintenances)} ${maintenances === 1 ? 'Wartung' : 'Wartungen'}`,
    groups: { yours: 'Ihre', concerns: 'Betrifft Sie', may: 'Betrifft Sie vielleicht', elsewhere: 'Anderswo' },
    affected: (count, regions, placeless) =>
      [
        count,
        `${whole(regions)} ${regions === 1 ? 'Region' : 'Regionen'} betroffen`,
        ...(placeless === 0 ? [] : [`${whole(placeless)} ohne Region`]),
      ].join(' · '),
    more: n => `und ${whole(n)} weitere`,
    scheduled: 'Geplante Wartung',
    ended: 'Kürzlich beendet',
    worldwide: provider => `${provider}, weltweit`,
    inRegions: (provider, regions) => `${provider} ${lists.sentence(regions)}`,
    where: where => `${where}: `,
    stateAndStage: (state, stage) => `${state}, ${stage}`,
    endedAfter: ({ stage, length, ago }) => `${stage} nach ${length}, ${ago}`,
    firstRead: clock => `zuerst gelesen ${clock}`,
    endedBy: (stage, clock) => `${stage}, spätestens ${clock}`,
    notUpdatedSince: time => `seit ${time} nichts Neues`,
    update: stage => `${stage}.`,
    updates: n => (n === 1 ? '1 Meldung' : `${n} Meldungen`),
    less: 'Weniger',
    of: title => `zu ${title}`,
    all: n => `Alle ${n} Störungen`,
    statusPage: 'Statusseite',
  },
  lists,
  newsPage: { unread: n => `${whole(n)} seit Ihrem letzten Besuch` },
  notifications: {
    heading: 'Benachrichtigungen',
    state: on => (on ? 'Benachrichtigungen, ein' : 'Benachrichtigungen, aus'),
  },
  probes: {
    heading: 'Messpunkte',
    about: 'Von hier aus gemessen, neben dem, was die Anbieter selbst melden.',
    columns: {
      endpoint: 'Endpunkt',
      region: 'Region',
      state: 'Zustand',
      from: 'Gemessen von',
      phases: 'Phasen',
      measured: 'Gemessen',
    },
    row: (name, state) => `${name}: ${state}`,
    reachable: since => `erreichbar ${since}`,
    unreachable: (since, why) => `nicht erreichbar ${since}: ${why ?? 'kein Grund genannt'}`,
    notMeasured: why => `nicht gemessen: ${why}`,
    notMeasuredYet: 'noch nicht gemessen',
    lastKnown: (reachable, clock) => `zuletzt bekannt: ${reachable ? 'erreichbar' : 'nicht erreichbar'}, ${clock}`,
    phases: { name: 'Name', connect: 'Verbindung', tls: 'TLS', firstByte: 'erstes Byte' },
    phase: (name, ms) => `${name} ${ms} ms`,
    contradiction: ({ place, provider, from, since }) =>
      `${place}: laut ${provider} in Betrieb, aber von hier (${from}) seit ${since} nicht erreichbar.`,
  },
  providerPage: { state: (name, state) => `${name}: ${state}.` },
  reasons: {
    concerns: what => `betrifft Sie: ${what}`,
    may: what => `betrifft Sie vielleicht: ${what}`,
    inPlace: (service, place) => `${service} in ${place}`,
    whole: place => `${place} insgesamt`,
    wider: (named, used) => `${named}, wozu ${used} gehört`,
    narrower: (named, used) => `${named}, ein Teil von ${used}`,
    dependency: (vendor, place) => `${vendor} läuft in ${place}`,
    unplaced: what => `${what}, ohne Ortsangabe`,
    source: name => `Ihre Quelle ${name}`,
    noted: (what, note) => `${what} (${note})`,
    zones: (named, own) => `genannt: ${lists.plain(named)}; bei Ihnen: ${lists.plain(own)}`,
    via: (what, stack) => `${what} (über ${stack})`,
  },
  share: {
    share: 'Teilen',
    link: 'Link kopieren',
    text: 'Als Text kopieren',
    copied: 'Kopiert.',
    notCopied: 'Nicht kopiert: Kopieren Sie die Adresse der Seite.',
    since: (state, clock) => `${state} seit ${clock} UTC`,
    begins: (stage, clock) => `${stage}, beginnt ${clock} UTC`,
    at: (stage, clock) => `${stage} ${clock} UTC`,
    known: (state, lastKnown) => `${state}, ${lastKnown} UTC`,
    notUpdatedSince: clock => `, seit ${clock} UTC nicht aktualisiert`,
    said: (place, state) => `${place}: ${state}`,
    sentence: text => (/[.!?…。]$/.test(text) ? text : `${text}.`),
  },
  stackChoice: {
    legend: 'Angezeigt',
    edit: 'Meinen Stack bearbeiten',
    choose: 'Meinen Stack wählen',
    all: 'Alle',
    own: 'Meiner',
    link: 'Aus einem Link',
    heading: 'Mein Stack',
    none: 'Öffnen Sie eine Region und wählen Sie „Zu meinem Stack“.',
    tile: (name, state, since) => `${name}: ${state}${since === null ? '' : ` ${since}`}`,
    rest: (n, state, isAll) =>
      `und ${whole(n)} weitere, ${n === 1 ? '' : isAll ? 'alle ' : 'schlimmstenfalls '}${state}`,
    fewer: 'Weniger zeigen',
    ofOffice: 'Worauf dieses Büro läuft',
    fromLink: name => (name === '' ? 'Dieser Stack kam mit einem Link.' : `Der Stack ${name} kam mit einem Link.`),
    keep: 'Als meinen behalten',
    closeLink: 'Zurück zu meinem',
    unknown: (codes, more) =>
      `Hier unbekannt und daher weggelassen: ${lists.plain(codes)}${more > 0 ? ` und ${more} weitere` : ''}.`,
    over: (n, most) => `Der Link nennt mehr als ${most}; die letzten ${n} wurden weggelassen.`,
  },
  regions: {
    state: ({ state, since, services }) =>
      `${state}${since === null ? '' : ` ${since}`}.${services.length === 0 ? '' : ` ${lists.plain(services)}.`}`,
    announced: 'Angekündigt, noch nicht in Betrieb',
    announcedSentence: place => `${place}: angekündigt, noch nicht in Betrieb.`,
    lastKnown: (state, clock) => `zuletzt bekannt: ${state}, ${clock}`,
    notRead: 'noch nicht gelesen',
    unknownSentence: (place, lastKnown) =>
      lastKnown === null ? `${place}: noch nicht gelesen.` : `${place}: unbekannt, ${lastKnown}.`,
    limited: (state, services) => `${state} (${whole(services)} ${services === 1 ? 'Dienst' : 'Dienste'})`,
    inZones: (service, zones) => `${service} (${lists.plain(zones)})`,
    zonesNamed: zones => `Genannte Zonen: ${lists.plain(zones)}`,
    sentence: ({ place, state, since, services }) =>
      `${place}: ${state}${since === null ? '' : ` ${since}`}.${services.length === 0 ? '' : ` ${lists.plain(services)}.`}`,
    country: countriesIn('de'),
  },
  sources: {
    silence({ name, host, since, why, next }) {
      const silent = since === null ? 'hat noch nie geantwortet' : `hat seit ${since} nicht geantwortet`
      return `${name} (${host}) ${silent}${why === null ? '' : `: ${why}`}.${next === null ? '' : ` Nächster Versuch ${next}.`}`
    },
  },
  states: {
    label: {
      operational: 'in Betrieb',
      under_maintenance: 'in Wartung',
      degraded_performance: 'eingeschränkt',
      partial_outage: 'Teilausfall',
      major_outage: 'schwerer Ausfall',
      unknown: 'unbekannt',
    },
    short: {},
    stage: {
      investigating: 'wird untersucht',
      identified: 'Ursache gefunden',
      monitoring: 'wird beobachtet',
      resolved: 'behoben',
      postmortem: 'nachbereitet',
      scheduled: 'geplant',
      in_progress: 'läuft',
      verifying: 'wird überprüft',
      completed: 'abgeschlossen',
    },
  },
  ticker: {
    spokenOpened: (where, title) => sentenceCase(`${where}: neue Störung. ${title}`),
    spokenEnded: ({ where, stage, title }) => sentenceCase(`${where}: ${stage}. ${title}`),
    moreChanges: n => (n === 1 ? '1 weitere Änderung.' : `${n} weitere Änderungen.`),
  },
  time: {
    dayAndTime: (day, clock) => `${day} ${clock}`,
    milliseconds: n => `${n} ms`,
    tenthsOfSecond: seconds => `${tenths(seconds)} s`,
    seconds: n => `${n} s`,
    minutes: n => `${n} min`,
    hours: (n, minutes) => (minutes === 0 ? `${n} h` : `${n} h ${minutes} min`),
    days: (n, hours) => (hours === 0 ? `${n} d` : `${n} d ${hours} h`),
    underOneMinute: 'unter 1 min',
    since: (clock, age) => `seit ${clock} (${age})`,
    ago: span => `vor ${span}`,
    underOneMinuteAgo: 'vor weniger als 1 min',
    period: (from, until) => `${from} bis ${until}`,
  },
}
