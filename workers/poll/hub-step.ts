import { toInstant } from '../../shared/domain/primitives.ts'
import type { HubRequest, HubSubscription } from '../../shared/redis/hub-subscriptions.ts'

/** What is next between a source and its hub: a request to write down and send, or the end of what was between them. */
export type HubStep = { do: 'wait' | 'drop' | 'lapse' } | { do: 'ask'; request: HubRequest }

export type HubStepInput = HubSubscription & {
  source: string
  /** The address under which the server is reached from the internet, without a slash at its end. */
  publicUrl: string
  /** ms since the epoch */
  now: number
  /** Makes a token that nobody can guess. */
  randomText: () => string
}

/** A lease is renewed when this share of it is over. */
const RENEW_AT = 0.8
/** A hub that did not answer is asked again after this long, in ms, */
const FIRST_RETRY_MS = 60_000
/** doubled with each request up to this. */
const LAST_RETRY_MS = 6 * 3_600_000
/** A hub that has refused is left alone for this long, in ms, unless the feed names another: */
export const SILENCE_MS = 7 * 86_400_000

/**
 * Decides. Pure. A hub that is new to the source gets a token and a secret of its own; a renewal keeps both, for the
 * lease before it stands until the new one is granted.
 */
export function hubStep(input: HubStepInput): HubStep {
  const { named, request, answer, now } = input
  if (named === null) return { do: 'drop' }
  const isSame =
    request !== null &&
    request.hub === named.hub &&
    request.topic === named.topic &&
    request.callback === callbackOf(input, request.token)
  if (!isSame) return ask(input, input.randomText(), input.randomText(), 1)

  const { token, secret, attempts } = request
  const answered = answer?.token === token ? answer : null
  if (answered?.kind === 'granted' && Date.parse(answered.until) <= now) return { do: 'lapse' }
  if (answered?.askedAt !== request.askedAt)
    return Date.parse(request.retryAt) <= now ? ask(input, token, secret, attempts + 1) : { do: 'wait' }
  return againAt(answered) <= now ? ask(input, token, secret, 1) : { do: 'wait' }
}

function ask(input: HubStepInput, token: string, secret: string, attempts: number): HubStep {
  const { named, now } = input
  if (named === null) return { do: 'drop' }
  const retryMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempts - 1))
  const callback = callbackOf(input, token)
  const [askedAt, retryAt] = [toInstant(now), toInstant(now + retryMs)]
  return { do: 'ask', request: { ...named, callback, token, secret, askedAt, attempts, retryAt } }
}

const callbackOf = ({ publicUrl, source }: HubStepInput, token: string): string =>
  `${publicUrl}/hooks/websub/${source}/${token}`

function againAt(answer: NonNullable<HubSubscription['answer']>): number {
  const at = Date.parse(answer.at)
  return answer.kind === 'denied' ? at + SILENCE_MS : at + RENEW_AT * (Date.parse(answer.until) - at)
}
