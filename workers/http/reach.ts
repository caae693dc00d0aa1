import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/**
 * What a line of the sources file may reach instead of the internet: the private addresses of its own host, or these
 * networks, such as `10.0.0.0/8`.
 */
export type PrivateReach = true | readonly string[]

/** Which addresses a request may connect to. `refusal` says what the others are. */
export type Reach = { allows: (ip: string) => boolean; refusal: string }

export type IsPublic = (ip: string) => boolean

/** What an address that a source leads to may reach. @param source its id */
export type ReachFor = (source: string, address: string) => PrivateReach | undefined

/** Nothing is in both worlds: what is read on the internet can lead nowhere inside, nor the other way round. */
export function reachOf(isPrivate: PrivateReach | undefined, isPublic: IsPublic = isPublicAddress): Reach {
  if (isPrivate === undefined) return { allows: isPublic, refusal: 'a private address' }
  const networks = (isPrivate === true ? privateNetworks : isPrivate).map(text => ipaddr.parseCIDR(text))
  return {
    allows: ip => isIP(ip) !== 0 && isIn(networks, innermost(ipaddr.parse(ip))) && !isRefused(ip),
    refusal: isPrivate === true ? 'not a private address' : 'outside the networks of its line',
  }
}

/**
 * What an address that a source leads to may reach, such as its hub or an image: the internet, unless it is on the very
 * host of a private source.
 */
export function reachAt(address: string, home: string, isPrivate: PrivateReach | undefined): PrivateReach | undefined {
  const isAtHome = URL.canParse(address) && URL.canParse(home) && new URL(address).hostname === new URL(home).hostname
  return isAtHome ? isPrivate : undefined
}

/**
 * Whether an address is public. In IPv6 only global unicast space (2000::/3) is. An IPv4 address inside an IPv6 one
 * counts as the IPv4 address that a packet would reach.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry/
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry/
 */
export function isPublicAddress(ip: string): boolean {
  if (isIP(ip) === 0) return false
  const address = innermost(ipaddr.parse(ip))
  if (address instanceof ipaddr.IPv6 && !address.match(globalUnicast, 3)) return false
  return address.range() === 'unicast' && !isRefused(ip)
}

/** Where clouds hand out credentials, under names too; and what is no host: nobody is let there. */
const isRefused = (ip: string): boolean => isIn(refused, innermost(ipaddr.parse(ip)))

/** By which clouds name their metadata. */
export const isMetadataName = (hostname: string): boolean =>
  /^metadata\.(?:google\.internal|goog|azure\.internal|tencentyun\.com)\.?$/i.test(hostname)

const privateNetworks = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '::1/128',
  'fc00::/7',
]

const refused = [
  '169.254.0.0/16', // link-local, with the metadata of AWS, Azure, Google and many others
  'fe80::/10',
  'fd00:ec2::/32', // AWS
  'fd20:ce::/32', // Google
  '168.63.129.16/32', // Azure's WireServer, a public address
  '100.100.100.200/32', // Alibaba
  '192.0.0.192/32', // Oracle
  '0.0.0.0/8',
  '::/128',
  '224.0.0.0/4',
  'ff00::/8',
  '255.255.255.255/32',
].map(text => ipaddr.parseCIDR(text))

type Address = ipaddr.IPv4 | ipaddr.IPv6

const isIn = (networks: readonly [Address, number][], address: Address): boolean =>
  networks.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits))

const globalUnicast = ipaddr.IPv6.parse('2000::')
/** NAT64: on IPv6-only networks every IPv4 host appears under it. @see https://www.rfc-editor.org/rfc/rfc6052 */
const nat64 = ipaddr.IPv6.parse('64:ff9b::')

function innermost(address: Address): Address {
  if (address instanceof ipaddr.IPv4) return address
  if (address.isIPv4MappedAddress()) return address.toIPv4Address()
  return address.match(nat64, 96) ? new ipaddr.IPv4(address.toByteArray().slice(12)) : address
}
