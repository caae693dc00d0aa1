import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { isPublicAddress, resolvePublic } from '../http/address-guard.ts'
import { createHttp, userAgent } from '../http/http.ts'
import type { SendDeps } from './target.ts'

/** Requests to one host at a time: one service may take messages for many targets. */
const PER_HOST = 8
/** An answer says little. */
const MAX_ANSWER_BYTES = 1_000_000

/** What targets send with; `http` is to be closed. @param allowPrivate whether targets may have private addresses */
export function sendDeps(allowPrivate: boolean, now: () => number) {
  const http = createHttp({ allowPrivate, userAgent, perHost: PER_HOST, maxBytes: MAX_ANSWER_BYTES })
  const isAllowed = allowPrivate ? () => true : isPublicAddress
  const resolve = async (host: string) =>
    isIP(host) === 0 ? lookup(host, { all: true }) : [{ address: host, family: isIP(host) }]
  const checkHost: SendDeps['checkHost'] = async host => {
    await resolvePublic(host, resolve, isAllowed)
  }
  return { http, checkHost, now }
}
