import type { IncomingMessage, RequestListener } from 'node:http'
import { isIPv4, isIPv6 } from 'node:net'
import { PROBLEM_TYPE, problemText } from './problem.ts'

/** Whether a `Host` header, with or without a port, names this server. */
export type KnownHosts = (host: string) => boolean

export type HostSettings = {
  /** HOST: an address, or the name of one. */
  listening: string
  /** ALLOWED_HOSTS, in lower case. `*`: any. */
  allowed: readonly string[]
  /** PUBLIC_URL. */
  publicUrl: string | undefined
  /** Hosts with a status page of their own, some with a port. */
  mapped: Iterable<string>
}

/**
 * Against DNS rebinding: a name of somebody else's that comes to lead to this server would make their page one of ours
 * to a browser behind our firewall. An address has no name that could lead elsewhere, and is always ours.
 * @see https://en.wikipedia.org/wiki/DNS_rebinding
 */
export function knownHosts({ listening, allowed, publicUrl, mapped }: HostSettings): KnownHosts {
  if (allowed.includes('*')) return () => true
  const own = publicUrl === undefined ? [] : [new URL(publicUrl).host]
  const names = new Set(['localhost', ...[listening, ...allowed, ...own, ...mapped].map(nameOf)])
  return host => {
    const name = nameOf(host)
    return names.has(name) || name.endsWith('.localhost') || isIPv4(name) || isIPv6(name.replace(/^\[|\]$/g, ''))
  }
}

/** 'Status.Example.com.:8443' → 'status.example.com' */
const nameOf = (host: string): string =>
  host
    .toLowerCase()
    .replace(/:\d{0,5}$/, '')
    .replace(/\.$/, '')

export type Refusal = { status: 400 | 421; line: string }

const isHost = (text: string): boolean => /^(?:[\w.-]{1,254}|\[[0-9a-f:.]{2,45}\])(?::\d{0,5})?$/i.test(text)

/** What is asked by programs beside this one, by whatever name they know it; it tells nothing of the state. */
const forAnyHost = /^\/(?:healthz|readyz)(?:\?|$)/

/** Why a request is not for this server; null where it is. @see https://www.rfc-editor.org/rfc/rfc9112#section-3.2 */
export function refusalOf(request: IncomingMessage, isKnown: KnownHosts): Refusal | null {
  const { url = '', headers, rawHeaders } = request
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.length === 4 && name.toLowerCase() === 'host')
  if (hosts.length > 1) return { status: 400, line: 'the request has more than one Host header: send one' }
  if (forAnyHost.test(url)) return null
  const { host = '' } = headers
  if (!isHost(host)) return { status: 400, line: 'the Host header is no host name' }
  if (isKnown(host)) return null
  const line = `this server is not known as '${host.slice(0, 80)}': name that host in ALLOWED_HOSTS, or in PUBLIC_URL`
  return { status: 421, line }
}

/** Passes on the requests for this server alone, before anything else looks at them. */
export const demandHost =
  (isKnown: KnownHosts, application: RequestListener): RequestListener =>
  (request, response) => {
    const refusal = refusalOf(request, isKnown)
    if (refusal === null) return application(request, response)
    const headers = { 'Content-Type': PROBLEM_TYPE, 'X-Content-Type-Options': 'nosniff', Connection: 'close' }
    response.writeHead(refusal.status, headers).end(problemText(refusal.status, refusal.line))
  }
