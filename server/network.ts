import { isIPv6 } from 'node:net'
import ipaddr from 'ipaddr.js'

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
