import type { Context } from 'koa'
import type { Signer } from '../access/signer.ts'
import { sameSecret } from '../http/admission.ts'

/** How long a browser that gave the admin token may look at the queues, in seconds. */
const LIFETIME_S = 3_600
const COOKIE = 'nephoscope-queues'

export type SessionDeps = { signer: Pick<Signer, 'sign'>; adminToken: string; basePath: string; now: () => number }

/**
 * Lets this browser look for an hour. The cookie is no token: it says until when, signed for this admin token. It opens
 * nothing but the queues, no script reads it, no other site sends it, and another token ends it.
 */
export function beginSession(ctx: Context, isSecure: boolean, deps: SessionDeps): void {
  const { basePath, now } = deps
  const until = String(Math.floor(now() / 1000) + LIFETIME_S)
  const parts = [
    `${COOKIE}=${until}.${signed(until, deps)}`,
    `Path=${basePath}/queues`,
    `Max-Age=${LIFETIME_S}`,
    'HttpOnly',
    'SameSite=Strict',
    ...(isSecure ? ['Secure'] : []),
  ]
  ctx.append('Set-Cookie', parts.join('; '))
}

export function hasSession(ctx: Context, deps: SessionDeps): boolean {
  const [, until = '', signature = ''] = /^(\d{1,12})\.([\w-]{43})$/.exec(ctx.cookies.get(COOKIE) ?? '') ?? []
  return sameSecret(signature, signed(until, deps)) && Number(until) * 1000 > deps.now()
}

const signed = (until: string, { signer, adminToken }: SessionDeps): string => signer.sign('queues', until, adminToken)
