import type { LongTexts } from '../../shared/domain/compact-snapshot.ts'
import type { Result } from '../../shared/domain/primitives.ts'
import { type ReadSnapshot, readCompactSnapshot, readLongTexts } from './parse-messages.ts'

/** Why there is no answer: the server answered with this status, or what went wrong. */
export type Why = { answered: number } | { failed: string }

export type RequestDeps = {
  /** `GET` of an address of this server, with these headers. */
  fetch: (address: string, headers: Record<string, string>) => Promise<Response>
  token: () => string | null
}

/** `locked`: the server wants a token, or another one. */
export type Answer<T> = T | Why | 'locked'

/** `GET` with the reader's token. Rejects when the server cannot be reached. */
export function fetchWithToken({ fetch, token }: RequestDeps, address: string): Promise<Response> {
  const given = token()
  return fetch(address, given === null ? {} : { authorization: `Bearer ${given}` })
}

/** The state without its long texts. Never rejects. */
export const fetchCompactSnapshot = (deps: RequestDeps): Promise<Answer<ReadSnapshot>> =>
  fetchRead(deps, '/api/compact-snapshot', readCompactSnapshot)

/** The texts that the compact snapshot leaves out. Never rejects. */
export const fetchTexts = (deps: RequestDeps): Promise<Answer<LongTexts>> =>
  fetchRead(deps, '/api/compact-snapshot/texts', readLongTexts)

async function fetchRead<T extends object>(
  deps: RequestDeps,
  address: string,
  read: (json: unknown) => Result<T>,
): Promise<Answer<T>> {
  try {
    const answer = await fetchWithToken(deps, address)
    if (answer.status === 401) return 'locked'
    if (!answer.ok) return { answered: answer.status }
    const result = read(await answer.json())
    return result.ok ? result.value : { failed: result.error }
  } catch (error) {
    return failure(error)
  }
}

export const failure = (error: unknown): Why => ({ failed: error instanceof Error ? error.message : String(error) })

/** The longest wait between two attempts. */
export const MAX_RETRY_DELAY_MS = 10_000
const FIRST_RETRY_DELAY_MS = 500

/**
 * How long to wait before attempt `attempt` (1 is the first repetition), in ms: doubling, with jitter over the upper
 * half, so that a thousand pages do not return at one instant. `random` is in [0, 1).
 */
export function retryDelayMs(attempt: number, random: number): number {
  const ceiling = Math.min(MAX_RETRY_DELAY_MS, FIRST_RETRY_DELAY_MS * 2 ** Math.min(attempt, 10))
  return Math.round(ceiling / 2 + (ceiling / 2) * random)
}
