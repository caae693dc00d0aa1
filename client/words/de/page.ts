import type { TroubledStatus, Words } from '../en/page.ts'
import { countriesIn, languagesIn, listsIn, numbersIn, sentenceCase, topicIn } from '../formats.ts'

const { whole, percent, tenths } = numbersIn('de')

const admission: Words['admission'] = {
  heading: 'Dieser Bildschirm ist noch nicht zugelassen',
  withdrawn: 'Dieser Bildschirm ist nicht mehr zugelassen',
  how: address => `Wer diese Installation betreibt, öffnet ${address} und gibt dort diesen Code ein.`,
  spoken: code => `Code ${[...code].join(' ')}`,
  asking: 'Ein Code wird angefordert.',
  renewed: 'Der Code wird alle zehn Minuten erneuert.',
  unreachable: 'Der Server antwortet nicht; es wird weiter versucht.',
}

const banners: Words['banners'] = {
  label: 'Hinweise',
  simulated: 'SIMULIERT:',
  invented: 'Nachrichten und Störungen erfundener Anbieter, nicht der wirkliche Zustand irgendeiner Cloud',
  noneReachable: sources =>
    sources === 1
      ? 'Die einzige Quelle ist von hier aus nicht erreichbar. Bitte den Internetzugang dieses Rechners prüfen.'
      : `Keine der ${sources} Quellen ist von hier aus erreichbar. Bitte den Internetzugang dieses Rechners prüfen.`,
  tryDemo: 'Nephoscope mit simulierten Anbietern startet:',
  notThePresent: state =>
    `Dieses Bild ist nicht der jetzige Stand: ${state}. Schraffiert ist, was zuletzt bekannt war.`,
  lastKnown: state =>
    `Noch keine Verbindung zum Server. Zu sehen ist, was zuletzt bekannt war (${state}); Schraffiertes kann sich geändert haben.`,
  more: n => `Und ${n} weitere.`,
  outdated: 'Es gibt eine neuere Version dieser Seite.',
  load: 'Laden',
}

const connection: Words['connection'] = {
  spoken: state => `Verbindung: ${state}`,
  live: 'live',
  liveSign: ago => `live · vor ${ago}`,
  connecting: 'Verbindung wird aufgebaut',
  reconnecting: since => `getrennt seit ${since}`,
  lastKnown: (time, ago) => `Stand ${time}, ${ago}`,
  noReadings: 'wartet auf die ersten Daten',
  stale: since => `veraltet seit ${since}`,
}

const day: Words['day'] = {
  noPoll: 'Keine Abfrage in den letzten 24 h.',
  allFailed: 'In den letzten 24 h sind alle Abfragen fehlgeschlagen.',
  allOk: 'In den letzten 24 h sind alle Abfragen gelungen.',
  allOkBut: exceptions => `In den letzten 24 h sind alle Abfragen gelungen, außer ${exceptions}.`,
  someFailedIn: span => `${span} (einige fehlgeschlagen)`,
  allFailedIn: span => `${span} (alle fehlgeschlagen)`,
  gaps: gaps => `Keine Abfrage ${gaps}.`,
  before: hour => `vor ${hour}`,
  since: hour => `seit ${hour}`,
}

const days: Words['days'] = {
  heading: 'Die letzten 90 Tage',
  key: 'Ein Balken je Tag (UTC): je höher, desto schlimmer; ein Strich: nicht bekannt.',
  ago: n => (n === 1 ? 'vor 1 Tag' : `vor ${n} Tagen`),
  today: 'heute',
  day: ({ date, state, length }) => `${date}: ${state}${length === null ? '' : `, ${length}`}`,
  count: (n, state) => `${n} ${state}`,
  summary: (n, counts) => `Von ${n === 1 ? '1 Tag' : `${n} Tagen`}: ${counts}.`,
  named: (date, state) => `${date} (${state})`,
  bad: days => `Nicht in Ordnung: ${days}.`,
  watchedSince: clock => `Beobachtet seit ${clock}; über die Zeit davor ist nichts bekannt.`,
  neverWatched: 'Noch hat niemand hingesehen.',
}

const entrance: Words['entrance'] = {
  waiting: 'Wartet auf die ersten Daten.',
  unreachable: (since, why) => `Dieser Server hat seit ${since} keine Daten geliefert (${why}).`,
  answeredWith: status => `er antwortete mit ${status}`,
  nextTry: seconds => `Nächster Versuch in ${seconds} s.`,
  trying: 'Versuch läuft.',
  noReload: 'Neu laden ist nicht nötig.',
  locked: 'Zum Lesen dieser Installation wird ihr Lesetoken benötigt.',
  token: 'Lesetoken',
  open: 'Öffnen',
  refused: 'Dieses Token wurde nicht angenommen. Fragen Sie, wer diese Installation betreibt.',
  kept: 'Es wird behalten, bis dieser Tab geschlossen wird.',
}

const figures: Words['figures'] = {
  label: 'Kennzahlen',
  whole,
  percent,
  unknown: '–',
  regionsOpen: 'Regionen in Betrieb',
  announced: 'angekündigt',
  zones: 'Zonen',
  countries: 'Länder',
  providers: 'Anbieter',
  pops: 'Edge-Standorte',
  incidentsNow: 'Störungen jetzt',
  regionsAffected: 'Regionen betroffen',
  regionsLive: 'Regionen aktuell',
  articles: 'Artikel',
}

const frame: Words['frame'] = {
  skip: 'Zum Inhalt springen',
  pages: 'Seiten',
  menu: 'Menü',
  titles: {
    dashboard: 'Übersicht',
    incidents: 'Störungen',
    incident: 'Störung',
    news: 'Nachrichten',
    near: 'Ihre Region finden',
    regions: 'Regionen',
    sources: 'Quellen',
    walls: 'Wandbildschirme',
    wall: 'Wand',
    missing: 'Seite nicht gefunden',
  },
  theme: { legend: 'Farbschema', auto: 'Auto', light: 'Hell', dark: 'Dunkel', contrast: 'Hoher Kontrast' },
  zone: { legend: 'Zeitzone', local: 'Lokal', utc: 'UTC', places: 'Orte meiner Regionen' },
  search: {
    label: 'Suche',
    placeholder: 'Region, Anbieter, Störung',
    none: 'Nichts heißt so.',
    count: n => (n === 1 ? 'Ein Treffer' : `${n} Treffer`),
  },
  keys: { heading: 'Tastenkürzel', enabled: 'Einzelne Tasten verwenden' },
  language: 'Sprache',
  close: 'Schließen',
  anotherSite: about => (about === null ? '(fremde Seite)' : `zu ${about} (fremde Seite)`),
  missing: 'Diese Seite gibt es hier nicht.',
  failed: 'Diese Seite konnte nicht geladen werden. Bitte neu laden.',
  toDashboard: 'Zur Übersicht',
}

const globe: Words['globe'] = {
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
}

/** The state as it follows 'ist' or 'sind'. */
const predicates: Readonly<Record<TroubledStatus, string>> = {
  under_maintenance: 'in Wartung',
  degraded_performance: 'eingeschränkt',
  partial_outage: 'teilweise ausgefallen',
  major_outage: 'weitgehend ausgefallen',
}

const small = 'keine eine zwei drei vier fünf sechs sieben acht neun zehn elf zwölf'.split(' ')

/** 0 to 12 as a word before a feminine noun, more as figures: `drei`, `1.204`. */
const numberWord = (n: number): string => small[n] ?? whole(n)

const headline: Words['headline'] = {
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
  ownQuiet: own => (own === 1 ? 'In Ihrer Region ist alles ruhig.' : 'In Ihren Regionen ist alles ruhig.'),
  providersReport: (providers, incidents) =>
    `${lists.sentence(providers)} ${providers.length === 1 ? 'meldet' : 'melden'} ${
      incidents === 1 ? 'eine Störung' : `${numberWord(incidents)} Störungen`
    }, ohne eine Region zu nennen.`,
  quiet: 'Alles ruhig.',
  quietWhereKnown: unknown =>
    `Ruhig, soweit bekannt; ${
      unknown === 1 ? 'der Zustand einer Region ist' : `der Zustand von ${numberWord(unknown)} Regionen ist`
    } unbekannt.`,
  lastChange: ({ ago, where, stage }) => `Letzte Änderung ${ago}: ${where}, ${stage}.`,
  nothingKnown: 'Noch ist nichts bekannt: keine Quelle hat geantwortet.',
  stale: (since, last) => `Veraltet seit ${since}. Zuletzt bekannt: ${last}`,
}

const incidentList: Words['incidentList'] = {
  count: ({ now, ahead, over, more, zone }) =>
    `${now} jetzt, ${ahead} geplant, ${more ? 'bisher ' : ''}${over} beendet. Zeitzone: ${zone}.`,
  filters: 'Welche Störungen',
  findHint: 'Titel, Dienst, Ort',
  region: 'Region',
  kind: 'Art',
  kinds: { incident: 'Störung', maintenance: 'Wartung' },
  severity: 'Schwere',
  orWorse: state => `mindestens ${state}`,
  onlyMine: 'Nur meine',
  all: 'Alle zeigen',
  noneFits: 'Keine passt.',
  now: 'Jetzt',
  noneAhead: 'Keine in den nächsten vier Wochen.',
  later: 'Später',
  today: 'Heute',
  takes: length => `(${length})`,
  goesOn: 'dauert an',
  past: 'Beendet',
  kept: days => `Aufbewahrt ${days === 1 ? 'einen Tag' : `${days} Tage`} ab der letzten Meldung.`,
  loading: 'Wird geladen.',
  failed: 'Der Server hat die früheren nicht geliefert. Bitte erneut versuchen.',
  earlier: 'Frühere zeigen',
  noEarlier: 'Frühere sind nicht aufbewahrt.',
  channel: 'Kanal',
  feed: 'Feed',
}

const incidentPage: Words['incidentPage'] = {
  endedAfter: (stage, length) => `${stage} nach ${length}`,
  begins: clock => `beginnt ${clock}`,
  zone: zone => `Zeitzone: ${zone}.`,
  about: 'Angaben',
  provider: 'Anbieter',
  impact: 'Auswirkung',
  impacts: { none: 'keine', minor: 'gering', major: 'erheblich', critical: 'kritisch', maintenance: 'Wartung' },
  scope: 'Umfang',
  scopes: { regional: 'die genannten Regionen', global: 'weltweit', unspecified: 'keine Region genannt' },
  services: 'Dienste',
  window: 'Zeitraum',
  length: 'Dauer',
  regions: 'Regionen',
  regionNow: (place, state) => `${place}, jetzt: ${state}`,
  updates: 'Meldungen',
  order: 'Reihenfolge der Meldungen',
  newestFirst: 'Neueste zuerst',
  oldestFirst: 'Älteste zuerst',
  noUpdates: 'Der Anbieter hat außer dem Titel nichts mitgeteilt.',
  changed: {
    status: (from, to) => `Stand geändert: „${from}“, nun „${to}“.`,
    impact: (from, to) => `Auswirkung geändert: „${from}“, nun „${to}“.`,
    regionsAdded: regions => `Ab jetzt betroffen: ${regions}.`,
    regionsRemoved: regions => `Nicht mehr betroffen: ${regions}.`,
    servicesAdded: services => `Ab jetzt betroffene Dienste: ${services}.`,
    servicesRemoved: services => `Nicht mehr betroffene Dienste: ${services}.`,
  },
  subscribe: 'Abonnieren',
  others: 'Andere Störungen',
  earlier: 'Vorherige',
  later: 'Nächste',
  ofProvider: provider => `Alle von ${provider}`,
  loading: 'Die Störung wird geladen.',
  failed: 'Der Server hat diese Störung nicht geliefert. Bitte neu laden.',
  gone: 'Diese Störung ist hier nicht oder nicht mehr bekannt.',
  toList: 'Zu allen Störungen',
  spokenUpdate: (stage, text) => `Neue Meldung: ${stage}. ${text}`,
}

const incidents: Words['incidents'] = {
  heading: 'Störungen',
  none: 'Nirgends eine.',
  noneKnown: 'Keine bekannt.',
  scheduled: 'Geplante Wartung',
  ended: 'Kürzlich beendet',
  worldwide: provider => `${provider}, weltweit`,
  inRegions: (provider, regions) => `${provider} ${lists.sentence(regions)}`,
  where: where => `${where}: `,
  stateAndStage: (state, stage) => `${state}, ${stage}`,
  endedAfter: ({ stage, length, ago }) => `${stage} nach ${length}, ${ago}`,
  update: stage => `${stage}.`,
  updates: n => (n === 1 ? '1 Meldung' : `${n} Meldungen`),
  less: 'Weniger',
  of: title => `zu ${title}`,
  all: n => `Alle ${n} Störungen`,
  statusPage: 'Statusseite',
}

export const lists: Words['lists'] = {
  sentence: listsIn('de', n => `${n} weitere`),
  plain: items => items.join(', '),
  sentences: sentences => sentences.join(' '),
}

const near: Words['near'] = {
  city: 'Stadt',
  cityHint: 'Wien, Osaka, São Paulo',
  show: 'Zeigen',
  here: 'Meinen Standort verwenden',
  privacy: 'Was Sie eingeben und wo Sie sind, verlässt diese Seite nie.',
  noCity: text => `Eine Stadt „${text}“ ist hier nicht bekannt. Nennen Sie eine größere in der Nähe.`,
  noPlace: 'Noch ist kein Ort genannt: Die Regionen stehen nach ihrem Namen.',
  from: place => `Entfernungen von ${place}, Luftlinie.`,
  asking: 'Der Browser wird gefragt.',
  yourPlace: 'Ihrem Standort',
  denied: 'Der Browser sagt nicht, wo Sie sind. Nennen Sie stattdessen eine Stadt.',
  filters: 'Filter',
  any: 'beliebig',
  provider: 'Anbieter',
  continent: 'Kontinent',
  country: 'Land',
  residency: 'Daten bleiben in',
  zones: 'Zonen, mindestens',
  carbonFree: 'CO₂-frei, mindestens',
  operational: 'Nur in Betrieb',
  found: n => (n === 1 ? '1 Region' : `${whole(n)} Regionen`),
  noneFits: 'Keine Region passt. Nehmen Sie einen Filter zurück.',
  all: n => `Alle ${whole(n)} zeigen`,
  measured: 'Erstes Byte',
  measuredFrom: places => `Erstes Byte: gemessen von ${places}, wo die Worker laufen; nicht von Ihnen aus.`,
  roundTrips: {
    column: 'Umlaufzeit',
    measure: n => `Umlaufzeit zu ${n === 1 ? '1 Endpunkt' : `${whole(n)} Endpunkten`} messen`,
    warning: 'Ihr Browser fragt dann die öffentlichen Endpunkte der Anbieter selbst; diese sehen Ihre Adresse.',
    order: 'Reihenfolge',
    byDistance: 'nach Entfernung',
    byTrip: 'nach Umlaufzeit',
    busy: (done, all) => `${whole(done)} von ${whole(all)} gemessen.`,
    done: (answered, all) => `${whole(answered)} von ${whole(all)} haben geantwortet, gemessen von diesem Browser.`,
    noAnswer: 'keine Antwort',
  },
  compare: 'Vergleichen',
  comparePlace: place => `${place} vergleichen`,
  comparison: 'Nebeneinander',
  chooseMore: 'Wählen Sie bis zu vier Regionen, um sie nebeneinander zu sehen.',
  remove: 'Entfernen',
  unsaid: '–',
}

const newsPage: Words['newsPage'] = {
  heading: 'Was rund um die Welt geschieht',
  summary({ articles, stories, shown, zone }) {
    const all = `${whole(articles)} Artikel in ${whole(stories)} ${stories === 1 ? 'Meldung' : 'Meldungen'}`
    return `${all}${shown === null ? '' : `; ${whole(shown)} angezeigt`}. Zeitzone: ${zone}.`
  },
  asOf: clock => `Stand ${clock}.`,
  find: 'Suchen',
  findHint: 'Titel, Text, Quelle, Thema',
  topics: 'Themen',
  allTopics: 'Alle',
  any: 'alle',
  by: { topic: 'Thema', provider: 'Anbieter', region: 'Region', country: 'Land', language: 'Sprache' },
  option: (name, n) => `${name} (${whole(n)})`,
  clear: 'Alle Filter zurücknehmen',
  alsoIn: publishers => `auch in ${lists.sentence(publishers)}`,
  newStories: n => (n === 1 ? '1 neue Meldung' : `${whole(n)} neue Meldungen`),
  showNew: () => 'Anzeigen',
  lastVisit: 'seit Ihrem letzten Besuch',
  unread: n => `${whole(n)} seit Ihrem letzten Besuch`,
  none: 'Noch kein Artikel.',
  noneFits: 'Keine Meldung passt. Nehmen Sie einen Filter zurück.',
  loading: 'Ältere Artikel werden gelesen.',
  failed: 'Ältere Artikel konnten nicht gelesen werden.',
  again: 'Erneut versuchen',
  end: 'Ältere hält der Server nicht bereit.',
  searched: n => `Gesucht in ${whole(n)} bisher gelesenen Artikeln; ältere durchsucht der Server.`,
  customers: 'Kundenberichte',
  speaker: ({ name, role, company }) => [name, role, company].filter(part => part !== null).join(', '),
  feeds: 'Als Feed',
  feed: (channel, format) => `${channel} als ${format}`,
  keys: ({ next, previous, open, find }) =>
    `${next} und ${previous} gehen durch die Meldungen, ${open} öffnet eine, ${find} sucht.`,
  does: { next: 'Nächste Meldung', previous: 'Vorige Meldung', find: 'In den Meldungen suchen' },
  topic: topicIn({
    ai: 'KI',
    cloud: 'Cloud',
    compliance: 'Compliance',
    'customer-stories': 'Kundenberichte',
    datacenters: 'Rechenzentren',
    networking: 'Netze',
    pricing: 'Preise',
    releases: 'Versionen',
    reliability: 'Verlässlichkeit',
    security: 'Sicherheit',
    sustainability: 'Nachhaltigkeit',
  }),
  language: languagesIn('de'),
}

const news: Words['news'] = {
  heading: 'Nachrichten',
  none: 'Noch kein Artikel.',
  publishers: (first, more) => (more === 0 ? first : `${first} und ${more} weitere`),
  all: n => (n === 1 ? 'Zum Artikel' : `Alle ${whole(n)} Artikel`),
}

const notifications: Words['notifications'] = {
  heading: 'Benachrichtigungen',
  state: on => (on ? 'Benachrichtigungen, ein' : 'Benachrichtigungen, aus'),
  what: regions =>
    regions === 1
      ? 'Gemeldet wird, wenn eine Störung Ihre Region erreicht oder dort schlimmer wird, und wenn sie vorbei ist. Geplante Wartung wird nicht gemeldet.'
      : `Gemeldet wird, wenn eine Störung eine Ihrer ${regions} Regionen erreicht oder dort schlimmer wird, und wenn sie vorbei ist. Geplante Wartung wird nicht gemeldet.`,
  chooseFirst: 'Benachrichtigungen betreffen Ihre eigenen Regionen, und noch ist keine gewählt.',
  show: 'Auf diesem Bildschirm melden, während ich anderes ansehe',
  sound: 'Einen leisen Ton abspielen',
  soundRule: 'Nach einem Neuladen lässt der Browser die Seite erst tönen, wenn Sie einmal auf sie geklickt haben.',
  asks: 'Ihr Browser wird fragen, ob er darf.',
  denied: 'Ihr Browser lässt diese Seite nichts melden. Erlauben Sie es in seinen Einstellungen für diese Website.',
  unsupported: 'Dieser Browser meldet nur für Seiten über https oder auf localhost.',
  here: 'Das gilt auf diesem Gerät, solange die Seite geöffnet ist.',
  title: {
    opened: where => `${where}: neue Störung`,
    worsened: where => `${where}: Störung wird schlimmer`,
    resolved: where => `${where}: Störung ist vorbei`,
  },
}

const places: Words['places'] = {
  loading: 'Wird geladen.',
  failed: 'Der Server war nicht zu erreichen. Laden Sie die Seite neu, um es noch einmal zu versuchen.',
  openPage: 'Seite öffnen',
  active: 'Jetzt',
  noneActive: 'Keine Störung.',
  past: 'Frühere Störungen',
  nonePast: 'Keine aufbewahrt.',
  about: 'Eckdaten',
  timesIn: city => `Zeiten in der Zone von ${city} anzeigen`,
  coordinates: 'Koordinaten',
  services: 'Betroffene Dienste',
  nearby: 'Regionen in der Nähe',
  region: 'Region',
  state: 'Zustand',
  distance: 'Entfernung',
  km: km => `${whole(km)} km`,
}

const probes: Words['probes'] = {
  heading: 'Messpunkte',
  about: 'Gemessen von dort, wo die Worker laufen, neben dem, was die Anbieter selbst melden.',
  columns: {
    endpoint: 'Endpunkt',
    region: 'Region',
    state: 'Zustand',
    from: 'Von',
    phases: 'Phasen',
    measured: 'Gemessen',
  },
  reachableFrom: places => (places.length === 0 ? 'Von hier erreichbar' : `Von hier erreichbar (${places.join(', ')})`),
  row: (name, state) => `${name}: ${state}`,
  reachable: since => `erreichbar ${since}`,
  unreachable: (since, why) => `nicht erreichbar ${since}: ${why ?? 'kein Grund genannt'}`,
  notMeasured: why => `nicht gemessen: ${why}`,
  notMeasuredYet: 'noch nicht gemessen',
  lastKnown: (reachable, clock) => `zuletzt bekannt: ${reachable ? 'erreichbar' : 'nicht erreichbar'}, ${clock}`,
  phases: { name: 'Name', connect: 'Verbindung', tls: 'TLS', firstByte: 'erstes Byte' },
  phase: (name, ms) => `${name} ${ms} ms`,
  contradiction: ({ place, provider, from, since }) =>
    `${place}: laut ${provider} in Betrieb; von ${from} seit ${since} nicht erreichbar.`,
}

const providerPage: Words['providerPage'] = {
  noProvider: id => `Ein Anbieter „${id}“ wird hier nicht beobachtet.`,
  state: (name, state) => `${name}: ${state}.`,
  noRegions: 'Er hat hier keine Regionen, daher werden keine Tage gezählt.',
  troubles: 'Jetzt gestört',
  noTroubles: 'Keine Region und kein Teil ist als gestört gemeldet.',
  unnamed: 'ohne Angabe eines Dienstes',
  parts: 'Teile ohne Region',
  ownFigures: 'Was er über sich sagt',
  readAt: (host, date) => `${host}, gelesen am ${date}`,
  counted: 'Was hier gezählt wird',
  sources: 'Quellen',
  noSources: 'Keine Quelle berichtet über ihn.',
  lastRead: ago => `gelesen ${ago}`,
  home: 'Seine Website',
  statusPage: 'Seine Statusseite',
  asStatuspage: 'Im Format einer Statuspage',
}

const regionChoice: Words['regionChoice'] = {
  scope: { legend: 'Angezeigt', all: 'Alle', mine: 'Meine' },
  elsewhere: n =>
    n === null
      ? 'Nur was diese betrifft, wird gezeigt.'
      : n === 0
        ? 'Nur was diese betrifft, wird gezeigt; anderswo keine Störung.'
        : `Nur was diese betrifft, wird gezeigt; ${n} ${n === 1 ? 'Störung' : 'Störungen'} anderswo.`,
  share: 'Teilen',
  shareTitle: 'Ein Link auf diese Regionen',
  copied: 'Link kopiert.',
  notCopied: 'Nicht kopiert: Bitte die Adresse der Seite kopieren.',
  fromLink: n => (n === 1 ? 'Diese Region kam mit einem Link.' : `Diese ${n} Regionen kamen mit einem Link.`),
  keep: 'Diese behalten',
  closeLink: 'Zurück zu meinen',
  unknown: (codes, more) =>
    `Hier unbekannt und daher weggelassen: ${lists.plain(codes)}${more > 0 ? ` und ${more} weitere` : ''}.`,
  over: (n, most) => `Der Link nennt mehr als ${most}; die letzten ${n} wurden weggelassen.`,
}

const regionList: Words['regionList'] = {
  summary: ({ shown, all, zone }) =>
    `${shown === all ? `${whole(all)} Regionen` : `${whole(shown)} von ${whole(all)} Regionen`}. Zeiten in ${zone}.`,
  asList: 'Tabelle und Karten',
  view: 'Ansicht',
  views: { table: 'Tabelle', cards: 'Karten', matrix: 'Matrix' },
  filters: 'Regionen filtern',
  findHint: 'Name, Code, Stadt, Land',
  trouble: 'jede Störung',
  geography: 'Geografie',
  groupBy: 'Gruppiert nach',
  noGroup: 'nichts',
  groups: { provider: 'Anbieter', geography: 'Geografie', metro: 'Ballungsraum' },
  onlyMine: 'Nur meine Regionen',
  incidents: n => (n === 1 ? '1 Störung' : `${whole(n)} Störungen`),
  columns: {
    state: 'Zustand',
    region: 'Region',
    code: 'Code',
    provider: 'Anbieter',
    place: 'Ort',
    zones: 'Zonen',
    since: 'Seit',
    incidents: 'Störungen',
    carbonFree: 'CO₂-frei',
  },
}

const continents: Readonly<Record<string, string>> = {
  Europe: 'Europa',
  'North America': 'Nordamerika',
  'South America': 'Südamerika',
  Asia: 'Asien',
  Oceania: 'Ozeanien',
  Africa: 'Afrika',
}

const regions: Words['regions'] = {
  heading: 'Regionen',
  providers: 'Anbieter',
  geography: continent => continents[continent] ?? continent,
  noRegionNamed: state => `${state}, ohne Angabe einer Region`,
  cell: (name, sentence) => `${name}, ${sentence}`,
  mine: { heading: 'Meine Regionen', none: 'Öffnen Sie eine Region und wählen Sie „Zu meinen Regionen“.' },
  add: 'Zu meinen Regionen',
  remove: 'Aus meinen Regionen entfernen',
  announced: 'Angekündigt, noch nicht in Betrieb',
  announcedSentence: place => `${place}: angekündigt, noch nicht in Betrieb.`,
  lastKnown: (state, clock) => `zuletzt bekannt: ${state}, ${clock}`,
  unknownSentence: (place, lastKnown) => `${place}: unbekannt, ${lastKnown ?? 'noch hat keine Quelle etwas gemeldet'}.`,
  sentence: ({ place, state, since, services }) =>
    `${place}: ${state}${since === null ? '' : ` ${since}`}.${services.length === 0 ? '' : ` ${lists.plain(services)}.`}`,
  country: countriesIn('de'),
  facts: {
    code: 'Code',
    name: 'Name',
    city: 'Stadt',
    country: 'Land',
    zones: 'Zonen',
    localTime: 'Ortszeit',
    opened: 'Eröffnet',
    pair: 'Partnerregion',
    residency: 'Daten bleiben in',
    carbonFree: 'CO₂-frei',
  },
  share: percent => `${percent} %`,
}

const services: Words['services'] = { heading: 'Weitere Dienste' }

const sourcePage: Words['sourcePage'] = {
  summary({ answering, total, waiting, shown, zone }) {
    const answers = `${answering} von ${total} ${answering === 1 ? 'antwortet' : 'antworten'}`
    const notAsked = waiting === 0 ? '' : `, ${waiting} noch nicht abgefragt`
    return `${answers}${notAsked}${shown === null ? '' : `; ${shown} angezeigt`}. Zeitzone: ${zone}.`
  },
  key: 'Ein Balken je Stunde, der letzte ist jetzt: voll, alle Abfragen gelungen; halb, einige fehlgeschlagen; hohl, alle fehlgeschlagen; Punkt, keine Abfrage.',
  noSource: 'Die Quellendatei nennt keine Quelle.',
  noneFits: 'Keine Quelle passt. Nehmen Sie einen Filter zurück.',
  find: 'Suchen',
  findHint: 'Name, Host, Art',
  state: 'Zustand',
  provider: 'Anbieter',
  any: 'alle',
  sortBy: 'Sortieren nach',
  states: {
    ok: 'antwortet',
    failing: 'gestört',
    waiting: 'wartet',
    unread: 'noch nicht abgefragt',
    disabled: 'abgeschaltet',
  },
  sorts: { state: 'Probleme zuerst', name: 'Name', change: 'letzte Änderung', latency: 'langsamste zuerst' },
  columns: {
    source: 'Quelle',
    kind: 'Art',
    state: 'Zustand',
    day: 'Letzte 24 h',
    read: 'Zuletzt gelesen',
    change: 'Letzte Änderung',
    latency: 'Latenz',
    every: 'Alle',
    next: 'Nächste Abfrage',
  },
  neverRead: 'nie',
  noChange: 'keine gesehen',
  now: 'jetzt',
  pollNow: 'Jetzt abfragen',
  pollSourceNow: name => `${name} jetzt abfragen`,
  token: 'Admin-Token',
  cancel: 'Abbrechen',
  polled: name => `${name} wird jetzt abgefragt.`,
  unreachable: name => `Der Server war nicht erreichbar; ${name} wurde nicht abgefragt. Bitte erneut versuchen.`,
  wrongToken: 'Dieses Token wurde nicht angenommen. Es ist das ADMIN_TOKEN des Servers.',
  notWatched: name => `${name} wird nicht mehr beobachtet, oder der Server hat kein Admin-Token mehr.`,
  tooManyTokens: 'Von dieser Adresse kamen zu viele falsche Token. Bitte in einer Minute erneut versuchen.',
  answeredWith: status => `Der Server antwortete mit ${status}; mehr steht in seinem Protokoll.`,
}

const sourceWords: Words['sourceWords'] = {
  answers: 'antwortet',
  notAsked: 'noch nicht abgefragt',
  waits: 'wartet',
  disabled: 'abgeschaltet',
  failed: times => (times === 1 ? 'einmal fehlgeschlagen' : `${times}-mal in Folge fehlgeschlagen`),
  silent: failed => `verstummt, ${failed}`,
  noReason: 'kein Grund genannt',
  reason: why => `${why}.`,
  leftAlone: (host, until) => `${host} bittet um Ruhe bis ${until}.`,
  nextTry: at => `Nächster Versuch ${at}.`,
  nextLook: at => `Nächste Prüfung ${at}.`,
  pushes: { websub: 'ein Hub meldet Neues', webhook: 'ein Webhook meldet Neues' },
  kinds: {
    'azure-rss': 'Azure-Statusfeed',
    'aws-events': 'Aktuelle AWS-Ereignisse',
    'aws-rss': 'AWS-Statusfeed',
    'google-incidents': 'Google-Störungsliste',
    'oracle-components': 'Oracle-Cloud-Status',
    statuspage: 'Statuspage',
    instatus: 'Instatus',
    statusio: 'Status.io',
    betterstack: 'Better Stack',
    cachet: 'Cachet',
    'uptime-kuma': 'Uptime Kuma',
    gatus: 'Gatus',
    upptime: 'Upptime',
    slack: 'Slack-Status',
    heroku: 'Heroku-Status',
    'rss-status': 'Statusfeed',
    feed: 'Nachrichtenfeed',
    probe: 'Messpunkt',
  },
}

const sources: Words['sources'] = {
  answering: (answering, total) => `${answering} von ${total} Quellen ${answering === 1 ? 'antwortet' : 'antworten'}`,
  notAsked: n => `, ${n} noch nicht abgefragt`,
  more: n => `${n} weitere`,
  silence({ name, host, since, why, next }) {
    const silent = since === null ? 'hat noch nie geantwortet' : `hat seit ${since} nicht geantwortet`
    return `${name} (${host}) ${silent}${why === null ? '' : `: ${why}`}.${next === null ? '' : ` Nächster Versuch ${next}.`}`
  },
}

const states: Words['states'] = {
  label: {
    operational: 'in Betrieb',
    under_maintenance: 'in Wartung',
    degraded_performance: 'eingeschränkt',
    partial_outage: 'Teilausfall',
    major_outage: 'schwerer Ausfall',
    unknown: 'unbekannt',
  },
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
}

const subscribe: Words['subscribe'] = {
  noRegion: id => `Kein Anbieter, der hier beobachtet wird, hat eine Region „${id}“.`,
  heading: 'Abonnieren',
  about: 'Alles, was hier geschieht, wird sofort gemeldet: Programmen und Menschen.',
  channel: 'Kanal',
  program: 'Aus einem Programm',
  stream: 'Aus einer Shell',
  feed: format => `Feed, ${format}`,
  badge: 'Plakette',
  badgeOf: place => `Plakette von ${place}`,
  frame: 'Auf jeder Seite',
  copy: 'Kopieren',
  copied: what => `${what}: kopiert.`,
  notCopied: what => `${what}: Dieser Browser lässt das Kopieren nicht zu. Markieren Sie stattdessen den Text.`,
}

const ticker: Words['ticker'] = {
  label: 'Laufzeile',
  play: 'Weiter',
  pause: 'Pause',
  playTicker: 'Weiter mit der Laufzeile',
  pauseTicker: 'Pause der Laufzeile',
  notice: 'Hinweis',
  ended: (stage, ago) => `${stage} ${ago}`,
  spokenOpened: (where, title) => sentenceCase(`${where}: neue Störung. ${title}`),
  spokenEnded: ({ where, stage, title }) => sentenceCase(`${where}: ${stage}. ${title}`),
  moreChanges: n => (n === 1 ? '1 weitere Änderung.' : `${n} weitere Änderungen.`),
}

const time: Words['time'] = {
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
}

export const de: Words = {
  tag: 'de',
  dir: 'ltr',
  locale: 'de',
  admission,
  banners,
  connection,
  day,
  days,
  entrance,
  figures,
  frame,
  globe,
  headline,
  incidentList,
  incidentPage,
  incidents,
  lists,
  near,
  newsPage,
  news,
  notifications,
  places,
  probes,
  providerPage,
  regionChoice,
  regionList,
  regions,
  services,
  sourcePage,
  sourceWords,
  sources,
  states,
  subscribe,
  ticker,
  time,
}
