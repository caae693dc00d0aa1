import { ascending, firstOf } from '../../shared/domain/order.ts'
import { isSilent, isStatusSource, type Source } from '../../shared/domain/source.ts'
import { hostOf } from '../live/catalogue.ts'
import { clockTime, type FirstWhen } from '../ui/time.ts'

export type SourceHealth = {
  total: number
  /** Sources that answered lately. */
  answering: number
  waiting: number
  /** One sentence for each failing source, the longest silent first. */
  failing: { id: string; sentence: string }[]
  /** Every source was polled and is silent. */
  isBlind: boolean
}

/** Which sources answer, and a sentence for each that does not. Probes, and those that post to us, do not count. */
export function sourceHealth(sources: Iterable<Source>, when: FirstWhen): SourceHealth {
  const all = [...sources].filter(source => source.kind !== 'probe' && source.kind !== 'inbound')
  const waiting = all.filter(source => source.lastPollAt === null && source.lastOkAt === null)
  const failing = all
    .filter(source => !waiting.includes(source) && (source.failures > 0 || isSilent(source, when.now)))
    .sort(
      firstOf(
        ascending(({ lastOkAt }) => lastOkAt ?? ''),
        ascending('id'),
      ),
    )
  const answering = all.length - waiting.length - failing.length
  return {
    total: all.length,
    answering,
    waiting: waiting.length,
    failing: failing.map(source => ({ id: source.id, sentence: sourceSentence(source, when) })),
    isBlind: all.length > 0 && failing.length === all.length && failing.every(source => isSilent(source, when.now)),
  }
}

/** Whether what a provider says of its own status was ever read, and whether that is still the present. */
export type Reading = 'never' | 'silent' | 'current'

/** The reading of a provider by all of its status sources: without one, or before the first answer of any, `never`. */
export function readingOf(provider: string, sources: Iterable<Source>, now: number): Reading {
  const own = [...sources].filter(source => source.provider === provider && isStatusSource(source))
  if (own.every(source => source.lastOkAt === null)) return 'never'
  return own.some(source => isSilent(source, now)) ? 'silent' : 'current'
}

/** 'GitHub (githubstatus.com) has not answered since 13:40: timeout after 10 s. Next try 14:05.' */
export function sourceSentence(source: Source, when: FirstWhen): string {
  return when.words.sources.silence({
    name: source.name,
    host: hostOf(source.url),
    since: source.lastOkAt === null ? null : clockTime(source.lastOkAt, when),
    why: source.error === null ? null : withoutStop(source.error),
    next: source.nextPollAt === null ? null : clockTime(source.nextPollAt, when),
  })
}

export function withoutStop(sentence: string): string {
  let end = sentence.length
  while (end > 0 && /[.\s]/.test(sentence.charAt(end - 1))) end--
  return sentence.slice(0, end)
}
