import { isIP } from 'node:net'

/** An endpoint taken apart. */
export type Target = {
  /** A name, or an address without brackets. */
  host: string
  isAddress: boolean
  port: number
  isTls: boolean
  /** What to ask for once connected; null where connecting is all. */
  http: { path: string; authority: string } | null
}

/** `https://host/path`, `http://…`, `tcp://host:port` or `tls://host:port` → a target. Throws what `new URL` throws. */
export function targetOf(url: string): Target {
  const scheme = url.slice(0, url.indexOf(':')).toLowerCase()
  // As a web address, for only of those hosts are all spellings made one.
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
