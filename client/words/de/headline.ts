import type { TroubledStatus, Troubles } from '../en/headline.ts'
import { numbersIn } from '../numbers.ts'
import { sentenceCase } from '../sentence-case.ts'
import type { Words } from '../words.ts'
import { lists } from './lists.ts'

/** The state as it follows 'ist' or 'sind'. */
const predicates: Readonly<Record<TroubledStatus, string>> = {
  under_maintenance: 'in Wartung',
  degraded_performance: 'eingeschränkt',
  partial_outage: 'teilweise ausgefallen',
  major_outage: 'weitgehend ausgefallen',
}

const small = 'keine eine zwei drei vier fünf sechs sieben acht neun zehn elf zwölf'.split(' ')
const { whole } = numbersIn('de')

/** 0 to 12 as a word before a feminine noun, more as figures: `drei`, `1.204`. */
const numberWord = (n: number): string => small[n] ?? whole(n)

export const headline: Words['headline'] = {
  /** 'Azure West Europe ist weitgehend ausgefallen und zwei Regionen sind eingeschränkt.' */
  troubles({ groups, place, own }: Troubles): string {
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
  lastChange: (ago, where, stage) => `Letzte Änderung ${ago}: ${where}, ${stage}.`,
  nothingKnown: 'Noch ist nichts bekannt: keine Quelle hat geantwortet.',
  stale: (since, last) => `Veraltet seit ${since}. Zuletzt bekannt: ${last}`,
}
