import { numbersIn } from '../numbers.ts'
import { sentenceCase } from '../sentence-case.ts'
import { lists } from './lists.ts'

export type TroubledStatus = 'major_outage' | 'partial_outage' | 'degraded_performance' | 'under_maintenance'

/** Regions in trouble, the worst first. */
export type Troubles = {
  groups: readonly { status: TroubledStatus; count: number }[]
  /** The name of the worst region, where it is the only one of its group. */
  place: string | null
  /** How many regions the reader has, where the sentence is about those. */
  own: number | null
}

/** The state as it follows 'is' or 'are' in a sentence. */
const predicates: Readonly<Record<TroubledStatus, string>> = {
  under_maintenance: 'under maintenance',
  degraded_performance: 'degraded',
  partial_outage: 'in partial outage',
  major_outage: 'in major outage',
}

const small = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ')
const { whole } = numbersIn('en-GB')

/** 0 to 12 as a word, more as figures: `three`, `1,204`. */
const numberWord = (n: number): string => small[n] ?? whole(n)

/** The one sentence at the top. */
export const headline = {
  /** 'Azure West Europe is in major outage and two regions are degraded.' */
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
  ownQuiet: (own: number) => `Your ${own === 1 ? 'region is' : 'regions are'} quiet.`,
  /** Trouble that names no region. */
  providersReport: (providers: readonly string[], incidents: number) =>
    `${lists.sentence(providers)} ${providers.length === 1 ? 'reports' : 'report'} ${
      incidents === 1 ? 'an incident' : `${numberWord(incidents)} incidents`
    }; no region is named.`,
  quiet: 'All quiet.',
  quietWhereKnown: (unknown: number) =>
    `Quiet where known; ${numberWord(unknown)} ${unknown === 1 ? 'region is' : 'regions are'} unknown.`,
  lastChange: (ago: string, where: string, stage: string) => `Last change ${ago}: ${where}, ${stage}.`,
  nothingKnown: 'Nothing is known yet: no source has answered.',
  stale: (since: string, last: string) => `Stale since ${since}. Last known: ${last}`,
}
