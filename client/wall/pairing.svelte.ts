import { AskedPairing, PairingState } from '../../shared/domain/pairing.ts'
import type { ScreenId } from '../../shared/domain/screen.ts'
import { retryDelayMs } from '../live/snapshot-request.ts'

export type PairingDeps = {
  /** Asks this server; rejects when it cannot be reached. */
  ask: (address: string, method: 'GET' | 'POST', secret: string | null) => Promise<Response>
  /** It is admitted as this screen, and the secret is its own. */
  admitted: (screen: ScreenId, secret: string) => void
  later: (run: () => void, ms: number) => () => void
  /** In [0, 1). */
  random: () => number
}

/** How often a screen asks whether it was admitted, ms. */
const ASK_EVERY_MS = 3_000
/** A code is not asked for more often, ms: an address may ask for ten a minute. */
const LEAST_WAIT_MS = 10_000

/** Asks for a code, and then whether somebody has admitted it, until that is so or it is stopped. */
export function pairing({ ask, admitted, later, random }: PairingDeps) {
  let code = $state<string | null>(null)
  let isOffered = $state(true)
  let failed = $state(false)
  let secret = ''
  let attempt = 0
  let stopped = false
  let cancel = () => {}

  const next = (run: () => Promise<void>, ms: number) => {
    if (!stopped) cancel = later(() => void run(), ms)
  }

  async function askCode(): Promise<void> {
    const answer = await ask('/pairing', 'POST', null).catch(() => null)
    if (stopped) return
    const asked = answer?.ok ? AskedPairing.safeParse(await answer.json().catch(() => null)).data : undefined
    isOffered = answer?.status !== 404
    failed = asked === undefined
    code = asked?.code ?? null
    secret = asked?.secret ?? ''
    if (asked === undefined) return next(askCode, LEAST_WAIT_MS + retryDelayMs(attempt++, random()))
    attempt = 0
    next(askState, ASK_EVERY_MS)
  }

  async function askState(): Promise<void> {
    const answer = await ask(`/pairing/${code}`, 'GET', secret).catch(() => null)
    if (stopped) return
    // its time is over, or the store has lost it
    if (answer?.status === 404) return askCode()
    const state = answer?.ok ? PairingState.safeParse(await answer.json().catch(() => null)).data : undefined
    failed = state === undefined
    if (state?.state === 'admitted') return admitted(state.screen, secret)
    next(askState, failed ? LEAST_WAIT_MS : ASK_EVERY_MS)
  }

  void askCode()

  return {
    /** What a person types on /walls; null while there is none. */
    get code() {
      return code
    },
    /** Whether this server admits screens by a code at all. */
    get isOffered() {
      return isOffered
    },
    /** Whether the server did not answer as it should. */
    get failed() {
      return failed
    },
    stop() {
      stopped = true
      cancel()
    },
  }
}
