import { NewPairing, PairingState, type ScreenId } from '../../shared/domain/screen.ts'
import { retryDelayMs } from '../live/snapshot-request.ts'

export type PairingDeps = {
  /** Requests an address of this server; rejects if it is unreachable. */
  ask: (address: string, method: 'GET' | 'POST', secret: string | null) => Promise<Response>
  onadmitted: (screen: ScreenId, secret: string) => void
  later: (run: () => void, ms: number) => () => void
  random: () => number
}

const POLL_INTERVAL_MS = 3_000
/** An address may request ten codes a minute. */
const MIN_RETRY_MS = 10_000

/** Requests a code, then polls until the screen is admitted or pairing is stopped. */
export function pairingState({ ask, onadmitted, later, random }: PairingDeps) {
  let code = $state<string | null>(null)
  let isOffered = $state(true)
  let hasFailed = $state(false)
  let secret = ''
  let attempt = 0
  let isStopped = false
  let cancel = () => {}

  const next = (run: () => Promise<void>, ms: number) => {
    if (!isStopped) cancel = later(() => void run(), ms)
  }

  async function requestCode(): Promise<void> {
    const answer = await ask('/pairing', 'POST', null).catch(() => null)
    if (isStopped) return
    const asked = answer?.ok ? NewPairing.safeParse(await answer.json().catch(() => null)).data : undefined
    isOffered = answer?.status !== 404
    hasFailed = asked === undefined
    code = asked?.code ?? null
    secret = asked?.secret ?? ''
    if (asked === undefined) return next(requestCode, MIN_RETRY_MS + retryDelayMs(attempt++, random()))
    attempt = 0
    next(pollState, POLL_INTERVAL_MS)
  }

  async function pollState(): Promise<void> {
    const answer = await ask(`/pairing/${code}`, 'GET', secret).catch(() => null)
    if (isStopped) return
    // the code has expired, or the store lost it
    if (answer?.status === 404) return requestCode()
    const state = answer?.ok ? PairingState.safeParse(await answer.json().catch(() => null)).data : undefined
    hasFailed = state === undefined
    if (state?.state === 'admitted') return onadmitted(state.screen, secret)
    next(pollState, hasFailed ? MIN_RETRY_MS : POLL_INTERVAL_MS)
  }

  void requestCode()

  return {
    /** To be typed on /walls; null while there is none. */
    get code() {
      return code
    },
    /** Whether this server admits screens by code. */
    get isOffered() {
      return isOffered
    },
    get hasFailed() {
      return hasFailed
    },
    stop() {
      isStopped = true
      cancel()
    },
  }
}
