import type { Source } from '../../shared/domain/source.ts'

/** Sources as events told them, each replaced by what was read of it where that is newer. What nobody told of any more is gone. */
export const mergeSources = (told: ReadonlyMap<string, Source>, read: ReadonlyMap<string, Source>): Source[] =>
  [...told].map(([id, source]) => {
    const other = read.get(id)
    return other !== undefined && ageOf(other) >= ageOf(source) ? other : source
  })

/** Instants of one form compare as texts; a poll that was put off moves the next one alone. */
const ageOf = ({ lastPollAt, nextPollAt }: Source): string => `${lastPollAt ?? ''} ${nextPollAt ?? ''}`
