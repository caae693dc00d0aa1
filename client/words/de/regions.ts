import { countriesIn } from '../countries.ts'
import type { Words } from '../words.ts'
import { lists } from './lists.ts'

const continents: Readonly<Record<string, string>> = {
  Europe: 'Europa',
  'North America': 'Nordamerika',
  'South America': 'Südamerika',
  Asia: 'Asien',
  Oceania: 'Ozeanien',
  Africa: 'Afrika',
}

export const regions: Words['regions'] = {
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
  sentence: (place, state, since, services) =>
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
