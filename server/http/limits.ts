import { isIPv6 } from 'node:net'
import ipaddr from 'ipaddr.js'
import { fail, ok, type Result } from '../../shared/domain/primitives.ts'

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

/**
 * The network by which an address is counted: an IPv4 address itself, of IPv6 the first 64 bits, for whoever has one such address has them
 * all. What is no address counts as it is.
 * @see https://www.rfc-editor.org/rfc/rfc6177#section-2
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const parsed = ipaddr.IPv6.parse(address)
  if (parsed.isIPv4MappedAddress()) return parsed.toIPv4Address().toString()
  return `${parsed.parts
    .slice(0, 4)
    .map(part => part.toString(16))
    .join(':')}::/64`
}
