import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import type { PrivateReach } from '../http/reach.ts'

const MAX_NETWORKS = 20
/** Wider ones would hold the internet. */
const SHORTEST_PREFIX = { ipv4: 8, ipv6: 7 }

/** `private:` of a line whose address is inside: true, or its networks. */
export const Private = z.unknown().transform((value, context): PrivateReach => {
  if (value === true) return value
  const networks = Array.isArray(value) ? value.map(String) : []
  if (networks.length === 0 || networks.length > MAX_NETWORKS)
    context.addIssue(`is neither true nor a list of 1 to ${MAX_NETWORKS} networks: write true, or [10.0.0.0/8]`)
  for (const [at, network] of networks.entries())
    if (!isNetwork(network))
      context.addIssue({
        code: 'custom',
        path: [at],
        message: 'is not a network: write it like 10.0.0.0/8 or fd12::/16',
      })
  return networks
})

/** The key as lines have it → as what is made of them has it. */
export const privateOf = (isPrivate: PrivateReach | undefined): { isPrivate?: PrivateReach } =>
  isPrivate === undefined ? {} : { isPrivate }

function isNetwork(text: string): boolean {
  if (!ipaddr.isValidCIDR(text)) return false
  const [address, bits] = ipaddr.parseCIDR(text)
  return bits >= SHORTEST_PREFIX[address.kind()]
}
