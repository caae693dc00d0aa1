import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { resolveWithin } from '../http/address-guard.ts'
import { createHttp, userAgent } from '../http/http.ts'
import { type PrivateReach, reachOf } from '../http/reach.ts'
import type { SendDeps } from './target.ts'

/** Requests to one host at a time: one service may take messages for many targets. */
const PER_HOST = 8
/** An answer says little. */
const MAX_ANSWER_BYTES = 1_000_000

/** What targets send with, by what they may reach. */
export type Senders = { for(isPrivate: PrivateReach | undefined): SendDeps; close(): Promise<void> }

export function createSenders(now: () => number): Senders {
  const http = createHttp({ userAgent, perHost: PER_HOST, maxBytes: MAX_ANSWER_BYTES })
  const resolve = async (host: string) =>
    isIP(host) === 0 ? lookup(host, { all: true }) : [{ address: host, family: isIP(host) }]
  return {
    for: isPrivate => ({
      http: { send: message => http.send({ ...message, isPrivate }) },
      async checkHost(host) {
        await resolveWithin(host, resolve, reachOf(isPrivate))
      },
      now,
    }),
    close: () => http.close(),
  }
}
