import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { CountryOf } from '../../shared/domain/channels.ts'
import { whyLifted } from '../../shared/domain/handling.ts'
import { isEnded } from '../../shared/domain/incident.ts'
import type { View } from '../../shared/domain/view.ts'
import { handleIncident } from '../../shared/redis/handlings.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'

type LiftDeps = { redis: Redis; countryOf: CountryOf; now: () => number; log: Logger; onInvalid: OnInvalid }

/** Lifts acknowledgements that hold no more, so that the ledger of each says when and why. Doing it twice is no harm. */
export async function liftOver({ redis, countryOf, now, log, onInvalid }: LiftDeps, view: View): Promise<void> {
  for (const handling of [...view.handlings.values()]) {
    const { id, acknowledgement } = handling
    const incident = view.incidents.get(id)
    if (acknowledgement === null || incident === undefined || isEnded(incident)) continue
    const why = whyLifted(acknowledgement, incident, now())
    if (why === null) continue
    await handleIncident(
      redis,
      incident,
      { what: 'lifted', by: null, text: liftedWords[why], until: null },
      { countryOf, now: now(), onInvalid },
    )
    view.handlings.set(id, { ...handling, acknowledgement: null }) // its event says the same
    log.info({ incident: id, why }, 'an acknowledgement was lifted')
  }
}

const liftedWords = {
  worse: 'It got worse.',
  spread: 'It reached a further region.',
  over: 'Its time is over.',
} as const
