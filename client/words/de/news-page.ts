import type { NewsSummary, Speaker } from '../en/news-page.ts'
import { numbersIn } from '../numbers.ts'
import { languagesIn, topicIn } from '../topics.ts'
import type { Words } from '../words.ts'
import { lists } from './lists.ts'

const { whole } = numbersIn('de')

export const newsPage: Words['newsPage'] = {
  heading: 'Was rund um die Welt geschieht',
  summary({ articles, stories, shown, zone }: NewsSummary): string {
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
  speaker: ({ name, role, company }: Speaker) => [name, role, company].filter(part => part !== null).join(', '),
  feeds: 'Als Feed',
  feed: (channel, format) => `${channel} als ${format}`,
  keys: (next, previous, open, find) =>
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
