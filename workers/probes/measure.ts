import { lookup as dnsLookup } from 'node:dns/promises'
import { once } from 'node:events'
import { request } from 'node:http'
import { connect, isIP, type Socket } from 'node:net'
import { connect as secure, type TLSSocket } from 'node:tls'
import { fail, ok, type Result } from '../../shared/domain/primitives.ts'
import type { Probe } from '../../shared/domain/probe.ts'
import { guardedLookup, PrivateAddress, type Resolve, resolveWithin, unlessAborted } from '../http/address-guard.ts'
import { Refusal, reasonOf } from '../http/outcome.ts'
import { type IsPublic, type PrivateReach, reachOf } from '../http/reach.ts'

/** What one measurement found. `error` is the network's; whether the HTTP status is a good one is decided elsewhere. */
export type Measurement = Pick<Probe, Phase | 'httpStatus' | 'error'>

type Phase = 'nameMs' | 'connectMs' | 'tlsMs' | 'firstByteMs'

/**
 * Measures an endpoint once; what the network does is a measurement. It fails only where none was made, because the
 * address may not be reached. @param timeoutMs for all phases together
 */
export type Measure = (url: string, timeoutMs: number, isPrivate?: PrivateReach) => Promise<Result<Measurement>>

export type MeasureOptions = {
  userAgent: string
  /** Name → addresses; default: the system's lookup. */
  lookup?: Resolve
  /** Default: IANA's registries. */
  isPublic?: IsPublic
  /** Trusted certificate authorities, PEM; default: those of Node.js. */
  ca?: Buffer
  now?: () => number
}

/** Opens a new connection each time, so that it measures what a new client would see. */
export function createMeasure(options: MeasureOptions): Measure {
  const { userAgent, ca, lookup = resolveAll, now = Date.now } = options

  return async (url, timeoutMs, isPrivate) => {
    const reach = reachOf(isPrivate, options.isPublic)
    const target = targetOf(url)
    const found: Measurement = {
      httpStatus: null,
      nameMs: null,
      connectMs: null,
      tlsMs: null,
      firstByteMs: null,
      error: null,
    }
    const timeout = new AbortController()
    let current: Phase = 'nameMs'
    const end = () => timeout.abort(new Refusal(`timeout after ${timeoutMs / 1000} s ${activities[current]}`))
    const timer = setTimeout(end, timeoutMs)
    let outermost: Socket | undefined
    const track = <S extends Socket>(opening: S): S => {
      outermost = opening
      return opening.on('error', () => {}) // the phase under way handles it; there may be none
    }
    const timed = async <T>(phase: Phase, work: () => Promise<T>): Promise<T> => {
      current = phase
      const startedAt = performance.now()
      const result = await unlessAborted(timeout.signal, work())
      found[phase] = Math.round((performance.now() - startedAt) * 10) / 10
      return result
    }

    try {
      const addresses = target.isAddress
        ? await resolveWithin(target.host, asItself, reach)
        : await timed('nameMs', () => resolveWithin(target.host, lookup, reach))
      const { host, port } = target
      const checked = guardedLookup(async () => addresses, reach)
      const plain = track(connect({ host, port, ...connectOptions, lookup: checked }))
      await timed('connectMs', () => once(plain, 'connect'))
      const secured = target.isTls ? track(handshake(plain, target, ca)) : null
      if (secured) await timed('tlsMs', () => verifyCertificate(secured, now))
      if (target.http) {
        const { path, authority } = target.http
        const headers = { host: authority, 'user-agent': userAgent, accept: '*/*', connection: 'close' }
        found.httpStatus = await timed('firstByteMs', () => statusOf(secured ?? plain, path, headers))
      }
      return ok(found)
    } catch (error) {
      if (error instanceof PrivateAddress) return fail(error.message)
      return ok({ ...found, error: reasonOf(error) })
    } finally {
      clearTimeout(timer)
      outermost?.destroy() // TLS destroys the connection below it; destroying both crashes Node.js 20
    }
  }
}

const activities: Readonly<Record<Phase, string>> = {
  nameMs: 'looking up the name',
  connectMs: 'connecting',
  tlsMs: 'in the TLS handshake',
  firstByteMs: 'waiting for the answer',
}

const resolveAll: Resolve = hostname => dnsLookup(hostname, { all: true })

const asItself: Resolve = async address => [{ address, family: isIP(address) }]

/** Node's 250 ms per address are less than a round trip to the far side of the earth. */
const connectOptions = { autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 1_000 }

/** `verifyCertificate` checks the certificate before a byte is sent, so that it can say how long ago one expired. */
const handshake = (socket: Socket, { host, isAddress, http }: Target, ca: Buffer | undefined): TLSSocket =>
  secure({
    socket,
    host,
    rejectUnauthorized: false,
    ...(isAddress ? {} : { servername: host }),
    ...(http ? { ALPNProtocols: ['http/1.1'] } : {}),
    ...(ca ? { ca } : {}),
  })

async function verifyCertificate(socket: TLSSocket, now: () => number): Promise<void> {
  await once(socket, 'secureConnect')
  if (!socket.authorized) throw new Refusal(distrustOf(socket, now()))
}

/** Resolves as soon as the head of the answer is there. GET, because many endpoints lack HEAD. */
const statusOf = (socket: Socket, path: string, headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    const asking = request({ path, headers, createConnection: () => socket, maxHeaderSize: 16_384 })
    asking.on('response', ({ statusCode }) => resolve(statusCode ?? 0))
    asking.on('error', reject)
    asking.end()
  })

const DAY_MS = 86_400_000

/** Why the peer's certificate is not trusted, in plain words. `now` in ms since the epoch. */
function distrustOf(socket: TLSSocket, now: number): string {
  const code = String(socket.authorizationError) // a code, though its type says Error
  const reason = reasonOf(Object.assign(new Error('the certificate is not trusted'), { code }))
  const expiredMs = now - Date.parse(socket.getPeerCertificate().valid_to)
  const days = Math.floor(expiredMs / DAY_MS)
  // If another certificate of the chain expired, the server's own is still valid.
  return code === 'CERT_HAS_EXPIRED' && expiredMs > 0 ? `${reason}, ${days} day${days === 1 ? '' : 's'} ago` : reason
}

type Target = {
  /** A name, or an address without brackets. */
  host: string
  isAddress: boolean
  port: number
  isTls: boolean
  /** The request to send once connected; null where connecting is all. */
  http: { path: string; authority: string } | null
}

/** `https://host/path`, `http://…`, `tcp://host:port` or `tls://host:port` → a target. Throws what `new URL` throws. */
function targetOf(url: string): Target {
  const scheme = url.slice(0, url.indexOf(':')).toLowerCase()
  // Parsed as a web address, because only those hosts are normalised.
  const { hostname, port, host: authority, pathname, search } = new URL(url.replace(/^(?:tcp|tls):/i, 'http:'))
  const host = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
  return {
    host,
    isAddress: isIP(host) !== 0,
    port: Number(port || (scheme === 'https' ? 443 : 80)),
    isTls: scheme === 'https' || scheme === 'tls',
    http: scheme === 'http' || scheme === 'https' ? { path: pathname + search, authority } : null,
  }
}
