import { fail, ok, type Result } from '../shared/domain/result.ts'
import { networkOf } from './network.ts'

/** Counts what addresses hold open at a time. */
export type OpenLimit = {
  /** Whether the address may open one more. */
  admit(address: string): Result<true>
  /** One is open; returns what to call once it no longer is. */
  hold(address: string): () => void
}

/** @param most how many one address may hold; 0 is no limit */
export function openLimit(most: number): OpenLimit {
  const counts = new Map<string, number>()
  return {
    admit(address) {
      if (most === 0 || (counts.get(networkOf(address)) ?? 0) < most) return ok(true)
      return fail(`one address may hold ${most} connections open, and this one does`)
    },
    hold(address) {
      const network = networkOf(address)
      counts.set(network, (counts.get(network) ?? 0) + 1)
      return () => {
        const left = (counts.get(network) ?? 0) - 1
        if (left > 0) counts.set(network, left)
        else counts.delete(network)
      }
    },
  }
}
