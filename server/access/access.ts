import type { Context } from 'koa'
import { type Grant, mayDo, type Need, personName, type TokenId } from '../../shared/domain/access.ts'
import type { Instant } from '../../shared/domain/primitives.ts'
import type { ScreenId } from '../../shared/domain/screen.ts'
import { bearerToken, countWrongToken, sameSecret, type WrongTokens } from '../http/admission.ts'
import type { AdmittedScreens, Held } from '../screens/admitted-screens.ts'
import { isOwnPage, type Sessions, sessionCookieOf } from './sessions.ts'
import type { AccessTokens } from './tokens.ts'

export type AccessDeps = {
  /** Unset: reading is open. */
  viewToken: string | undefined
  /** Unset: what operators and admins do is absent. */
  adminToken: string | undefined
  /** Screens on walls: each has a token of its own, with which it reads. */
  admitted: Pick<AdmittedScreens, 'identify' | 'hold' | 'isAdmitted'>
  tokens: Pick<AccessTokens, 'identify' | 'hold' | 'isValid'>
  /** Absent: nobody signs in. */
  sessions?: Pick<Sessions, 'identify' | 'hold' | 'isValid'> | undefined
  wrongTokens: WrongTokens
}

/** Whoever has a token that is valid now. */
export type Bearer = Grant & {
  /** As lists and the audit log name it. */
  by: string
  /** Set for a screen that was admitted by a code. */
  screen: ScreenId | null
  /** Set for a token with a name, and for a person who is signed in. */
  token: TokenId | null
  /** When keys end that it asks for; null: when they are revoked. */
  keysExpireAt: Instant | null
  /** Cuts `held` when the token is valid no more. Returns how to let go. */
  hold(held: Held): () => void
}

export type Access = {
  isGuarded: boolean
  /** Whose token this is; null when it is nobody's. Rejects when only Redis could know and is away. */
  identify(token: string | null | undefined): Promise<Bearer | null>
  /** Who is signed in with this cookie; null when nobody is. Rejects as `identify` does. */
  identifyPerson(cookie: string | null): Promise<Bearer | null>
  /** Whether the screen, the token or the session of this id is still admitted. */
  isAdmitted(id: ScreenId | TokenId): boolean
  /** Whether what it asks for exists, and it may do so. */
  may(bearer: Grant, need: Need): boolean
  /** Who was admitted with this request; undefined where nobody had to be. */
  bearer(ctx: Context): Bearer | undefined
  /** Admits a request with a token that may do so. Else 401, 403, 404 where nobody may, or 429 after many wrong ones. */
  demand(ctx: Context, need: Need, sentence?: string): Promise<Bearer>
}

/** What each need says to whoever gives no token. */
const demands: Readonly<Record<Need, string>> = {
  view: 'reading needs the view token: Authorization: Bearer …',
  handle: 'acknowledging needs the admin token or the view token: Authorization: Bearer …',
  operate: 'this needs the admin token or that of an operator: Authorization: Bearer …',
  admin: 'this needs the admin token: Authorization: Bearer …',
}

/** The one place that says who asks, and whether they may. */
export function accessOf({ viewToken, adminToken, admitted, tokens, sessions, wrongTokens }: AccessDeps): Access {
  const admittedWith = new WeakMap<object, Bearer>()

  async function identify(token: string | null | undefined): Promise<Bearer | null> {
    if (token === null || token === undefined) return null
    if (viewToken !== undefined && sameSecret(token, viewToken)) return ofEnvironment('office', 'view token')
    if (adminToken !== undefined && sameSecret(token, adminToken)) return ofEnvironment('admin', 'admin token')
    const screen = await admitted.identify(token)
    if (screen !== null)
      return {
        ...{ role: 'viewer', stack: null, screen, token: null, keysExpireAt: null, by: `screen ${screen}` },
        hold: held => admitted.hold(screen, held),
      }
    const named = await tokens.identify(token)
    if (named === null) return null
    const { id, role, stack, name, expiresAt } = named
    return {
      ...{ role, stack, screen: null, token: id, keysExpireAt: expiresAt, by: name },
      hold: held => tokens.hold(named, held),
    }
  }

  async function identifyPerson(cookie: string | null): Promise<Bearer | null> {
    const session = (await sessions?.identify(cookie)) ?? null
    if (session === null || sessions === undefined) return null
    const { id, role } = session
    return {
      role,
      stack: null,
      screen: null,
      token: id,
      keysExpireAt: null,
      by: personName(session),
      hold: held => sessions.hold(session, held),
    }
  }

  const exists = (need: Need) => adminToken !== undefined || (need !== 'operate' && need !== 'admin')

  return {
    isGuarded: viewToken !== undefined,
    identify,
    identifyPerson,
    isAdmitted: id => admitted.isAdmitted(id) || tokens.isValid(id) || sessions?.isValid(id) === true,
    may: (bearer, need) => exists(need) && mayDo(bearer, need),
    bearer: ctx => admittedWith.get(ctx.req),
    async demand(ctx, need, sentence = demands[need]) {
      if (!exists(need)) ctx.throw(404, `there is no ${ctx.path.slice(0, 80)}`)
      const given = bearerToken(ctx.get('Authorization'))
      const bearer = given === null ? await identifyPerson(sessionCookieOf(ctx.req)) : await identify(given)
      // a token is given by a program; a cookie comes along by itself
      if (bearer !== null && given === null && !/^(?:GET|HEAD)$/.test(ctx.method) && !isOwnPage(ctx.req))
        ctx.throw(403, 'whoever is signed in changes things from a page of this server alone')
      if (bearer !== null && mayDo(bearer, need)) {
        admittedWith.set(ctx.req, bearer)
        return bearer
      }
      if (bearer !== null)
        ctx.throw(
          403,
          `${bearer.stack === null ? `the role '${bearer.role}'` : `a token for one stack`} may not do this: ${sentence}`,
        )
      if (given !== null) countWrongToken(ctx, wrongTokens)
      ctx.set('WWW-Authenticate', 'Bearer')
      return ctx.throw(401, given === null ? sentence : `the token that was given is none of this server: ${sentence}`)
    },
  }
}

/** A token of the environment ends with the process. */
const ofEnvironment = (role: Grant['role'], by: string): Bearer => ({
  ...{ role, by, stack: null, screen: null, token: null, keysExpireAt: null },
  hold: () => () => undefined,
})
