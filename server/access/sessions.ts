import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Redis } from 'ioredis'
import type { Context } from 'koa'
import type { Role } from '../../shared/domain/access.ts'
import { toInstant } from '../../shared/domain/primitives.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import { addSession, listSessions, readSession, type StoredSession } from '../../shared/redis/sessions.ts'
import { newSecret, originAllowed } from '../http/admission.ts'
import { type KeptSecrets, keptSecrets } from './kept-secrets.ts'

/** A working day. What has changed about a person at the provider is in force after it at the latest. */
export const SESSION_LIFETIME_S = 8 * 3_600
const COOKIE = 'nephoscope-session'

export type SessionsDeps = {
  redis: Redis
  basePath: string
  /** Whether cookies are sent over TLS alone. */
  isSecure: boolean
  now: () => number
  onInvalid: OnInvalid
}

export type Sessions = Omit<KeptSecrets<StoredSession>, 'identify'> & {
  /** The session of a cookie; null when it is none, or over. Rejects when only Redis could know and is away. */
  identify(cookie: string | null): Promise<StoredSession | null>
  /** Signs a person in with this browser; null where too many are. */
  begin(ctx: Context, person: { subject: string; name: string; role: Role }): Promise<StoredSession | null>
  /** Has the browser forget the session, which goes on until it is removed. */
  forget(ctx: Context): void
}

/**
 * The people who are signed in. Their browsers have a random secret in a cookie that no script reads and that no other
 * site's page sends; all else about them is in the store, so that a session ends everywhere at once.
 */
export function peopleSessions({ redis, basePath, isSecure, now, onInvalid }: SessionsDeps): Sessions {
  const kept = keptSecrets<StoredSession>({
    list: () => listSessions(redis, onInvalid),
    read: id => readSession(redis, id, onInvalid),
    madeAt: ({ createdAt }) => createdAt,
    now,
  })
  const setCookie = (ctx: Context, value: string, lifetimeS: number) =>
    ctx.append('Set-Cookie', cookieText(COOKIE, value, { path: `${basePath}/`, lifetimeS, isSecure }))

  return {
    ...kept,
    async identify(cookie) {
      const [, id, secret] = /^([0-9a-f]{16})\.([\w-]{43})$/.exec(cookie ?? '') ?? []
      return id === undefined || secret === undefined ? null : kept.identify(id, secret)
    },
    async begin(ctx, { subject, name, role }) {
      const { secret, digest } = newSecret()
      const at = now()
      const session: StoredSession = {
        id: randomBytes(8).toString('hex'),
        ...{ subject, name, role, digest, createdAt: toInstant(at) },
        expiresAt: toInstant(at + SESSION_LIFETIME_S * 1000),
      }
      if (!(await addSession(redis, session, at))) return null
      setCookie(ctx, `${session.id}.${secret}`, SESSION_LIFETIME_S)
      return session
    },
    forget: ctx => setCookie(ctx, '', 0),
  }
}

/** `Lax`: it must come along when the provider leads back here. Whoever takes it looks at where a request comes from. */
export const cookieText = (
  name: string,
  value: string,
  { path, lifetimeS, isSecure }: { path: string; lifetimeS: number; isSecure: boolean },
): string =>
  [
    `${name}=${value}`,
    `Path=${path}`,
    `Max-Age=${lifetimeS}`,
    'HttpOnly',
    'SameSite=Lax',
    ...(isSecure ? ['Secure'] : []),
  ].join('; ')

/** The cookie of a session; null where there is none, and where a page of another origin asks. */
export function sessionCookieOf(request: IncomingMessage): string | null {
  const [, value = null] = /(?:^|;\s*)nephoscope-session=([\w.-]{60})(?:;|$)/.exec(request.headers.cookie ?? '') ?? []
  return value !== null && originAllowed(request, []) ? value : null
}

/** Whether a page of ours asks, as browsers say it: what a cookie admits may change nothing else. */
export const isOwnPage = (request: IncomingMessage): boolean =>
  request.headers['sec-fetch-site'] === 'same-origin' ||
  (request.headers['sec-fetch-site'] === undefined &&
    request.headers.origin !== undefined &&
    originAllowed(request, []))
