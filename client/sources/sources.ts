import { ascending, firstOf } from '../../shared/domain/order.ts'
import { isSilent, type Source } from '../../shared/domain/source.ts'
import { hostOf } from '../live/catalogue.ts'
import { clockTime, type When } from '../ui/time.ts'

export type SourceHealth = {
  total: number
  /** How many have answered lately. */
  answering: number
  /** How many have not been asked yet. */
  waiting: number
  /** One sentence a failing source, the longest silent first. */
  failing: { id: string; sentence: string }[]
  /** All have been asked, and not one answers. */
  none: boolean
}

/** Which sources answer, and in plain words which do not. Probes are not counted: they measure, and nobody answers for them. */
export function sourceHealth(sources: Iterable<Source>, when: When): SourceHealth {
  const all = [...sources].filter(source => source.kind !== 'probe')
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
    none: all.length > 0 && failing.length === all.length && failing.every(source => isSilent(source, when.now)),
  }
}

/** 'GitHub (githubstatus.com) has not answered since 13:40: timeout after 10 s. Next try 14:05.' */
export function sourceSentence(source: Source, when: When): string {
  return when.words.sources.silence({
    name: source.name,
    host: hostOf(source.url),
    since: source.lastOkAt === null ? null : clockTime(source.lastOkAt, when),
    why: source.error === null ? null : withoutStop(source.error),
    next: source.nextPollAt === null ? null : clockTime(source.nextPollAt, when),
  })
}

/** A sentence without the full stop at its end, and without what stands there beside it. */
export function withoutStop(sentence: string): string {
  let end = sentence.length
  while (end > 0 && /[.\s]/.test(sentence.charAt(end - 1))) end--
  return sentence.slice(0, end)
}
