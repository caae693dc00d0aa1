import type { Status } from '../../shared/domain/status.ts'

/** The state in words, as a label says it. */
export const statusWord: Readonly<Record<Status, string>> = {
  operational: 'operational',
  under_maintenance: 'under maintenance',
  degraded_performance: 'degraded performance',
  partial_outage: 'partial outage',
  major_outage: 'major outage',
  unknown: 'unknown',
}

/** The state as it follows 'is' or 'are' in a sentence. */
export const statusPredicate: Readonly<Record<Status, string>> = {
  operational: 'operational',
  under_maintenance: 'under maintenance',
  degraded_performance: 'degraded',
  partial_outage: 'in partial outage',
  major_outage: 'in major outage',
  unknown: 'unknown',
}

const small = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ')

/** 0 to 12 as a word, more as figures: `three`, `1,204`. */
export const numberWord = (n: number): string => small[n] ?? n.toLocaleString('en')

/** `1 region`, `3 regions`. */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`

/** The first letter as a capital. */
export const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** `a`, `a and b`, `a, b and c`; beyond `most`, the rest is counted: `a, b and 4 more`. */
export function listed(items: readonly string[], most = 3): string {
  const shown = items.length > most ? [...items.slice(0, most), `${items.length - most} more`] : items
  const last = shown.at(-1) ?? ''
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`
}

/** An incident's status as people say it: `in progress`. */
export const progressWord = (status: string): string => status.replaceAll('_', ' ')
