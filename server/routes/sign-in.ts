import { randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { Context } from 'koa'
import { z } from 'zod'
import { personName, Role, roles } from '../../shared/domain/access.ts'
import { Instant } from '../../shared/domain/primitives.ts'
import { removeSession } from '../../shared/redis/sessions.ts'
import type { AuditLog } from '../access/audit-log.ts'
import type { IdentityProvider, SignInProof } from '../access/identity-provider.ts'
import { cookieText, isOwnPage, type Sessions, sessionCookieOf } from '../access/sessions.ts'
import type { Signer } from '../access/signer.ts'
import { clientAddress, type MinuteLimit, sameSecret } from '../http/admission.ts'
import { route } from '../http/route.ts'
import { escapeMarkup } from '../outward/markup.ts'
import type { ScreenController } from '../screens/screen-controller.ts'

/** How people sign in, where a provider of identities is set. */
export type SignIn = {
  provider: IdentityProvider
  sessions: Sessions
  /** Group → what its members may do. */
  roles: ReadonlyMap<string, Role>
  /** Whom the page names. */
  host: string
  publicUrl: string
}

export type SignInDeps = {
  /** Absent: nobody signs in. */
  signIn: SignIn | undefined
  redis: Redis
  signer: Pick<Signer, 'sign'>
  audit: AuditLog
  screens: Pick<ScreenController, 'announce'>
  signIns: MinuteLimit
  basePath: string
  trustedProxies: number
  now: () => number
  log: { warn(fields: object, message: string): void }
}

/** How long a person may take at the provider, in seconds. */
const SIGN_IN_LIFETIME_S = 600
const COOKIE = 'nephoscope-sign-in'

const SignedIn = z.object({ name: z.string(), role: Role, expiresAt: Instant })

export const getSession = route({
  method: 'get',
  path: '/session',
  summary: 'Who is signed in with this browser, and where people sign in.',
  details: '`signIn` is the host of the provider of identities; null where none is set.',
  query: {},
  answers: { 200: z.object({ signIn: z.string().nullable(), person: SignedIn.nullable() }) },
  faults: [503],
  access: 'public',
  cache: 'no-store',
  async handle({ ctx }, { signIn }: SignInDeps) {
    const session = signIn === undefined ? null : await signIn.sessions.identify(sessionCookieOf(ctx.req))
    const person = session && { name: session.name, role: session.role, expiresAt: session.expiresAt }
    return { signIn: signIn?.host ?? null, person }
  },
})

export const beginSignIn = route({
  method: 'get',
  path: '/sign-in',
  summary: 'Leads to the provider of identities, where a person signs in.',
  details: 'There is one where `OIDC_ISSUER` is set.',
  answers: { 303: null },
  faults: [404, 429, 503],
  access: 'public',
  cache: 'no-store',
  async handle({ ctx }, deps: SignInDeps) {
    const { provider, publicUrl } = demandSignIn(ctx, deps)
    const seed = randomBytes(32).toString('base64url')
    const until = String(Math.floor(deps.now() / 1000) + SIGN_IN_LIFETIME_S)
    const page = await provider.pageFor(proofOf(seed, deps)).catch(error => {
      noteFailure(error, deps)
      return null
    })
    if (page === null)
      return tell(ctx, 503, 'The provider of identities cannot be reached: try again later.', publicUrl)
    setSignInCookie(ctx, `${until}.${seed}.${sealOf(until, seed, deps)}`, SIGN_IN_LIFETIME_S, deps)
    leadTo(ctx, page.href)
  },
})

export const endSignIn = route({
  method: 'get',
  path: '/sign-in/callback',
  summary: 'Where the provider of identities leads back to.',
  details: 'The browser that began to sign in gets a session of eight hours, in a cookie.',
  answers: { 303: null },
  faults: [400, 403, 404, 429, 503],
  access: 'public',
  cache: 'no-store',
  async handle({ ctx }, deps: SignInDeps) {
    const signIn = demandSignIn(ctx, deps)
    const { provider, sessions, publicUrl } = signIn
    const proof = proofOfCookie(ctx, deps)
    setSignInCookie(ctx, '', 0, deps)
    const { state } = ctx.query
    if (proof === null || typeof state !== 'string' || !sameSecret(state, proof.state)) {
      const sentence = `This sign-in was not begun in this browser at ${publicUrl}, or more than ten minutes ago: begin again.`
      return tell(ctx, 400, sentence, publicUrl)
    }
    const person = await provider.identify(ctx.querystring, proof).catch(error => {
      noteFailure(error, deps)
      return null
    })
    if (person === null) {
      const sentence =
        'The provider of identities did not confirm who you are: begin again. The log of the server says more.'
      return tell(ctx, 403, sentence, publicUrl)
    }
    const role = roleOf(person.groups, signIn.roles)
    if (role === null) {
      const sentence = `You are signed in as ${person.name}, but none of your groups may read here: ask whoever runs this installation to name one in OIDC_ROLES.`
      return tell(ctx, 403, sentence, publicUrl)
    }
    const session = await sessions.begin(ctx, { ...person, role })
    if (session === null) return tell(ctx, 503, 'Too many people are signed in: try again later.', publicUrl)
    const about = { id: session.id, subject: person.subject, role }
    await deps.audit.note(personName(session), 'session.begun', about)
    leadTo(ctx, `${publicUrl}/`)
  },
})

export const signOut = route({
  method: 'post',
  path: '/sign-out',
  summary: 'Signs out whoever is signed in with this browser.',
  details: 'Only a page of this server may ask.',
  query: {},
  answers: { 204: null },
  faults: [403, 404, 503],
  access: 'public',
  cache: 'no-store',
  async handle({ ctx }, deps: SignInDeps) {
    const { sessions } = deps.signIn ?? noSignIn(ctx)
    if (!isOwnPage(ctx.req)) ctx.throw(403, 'only a page of this server may sign out')
    const session = await sessions.identify(sessionCookieOf(ctx.req))
    sessions.forget(ctx)
    if (session === null || !(await removeSession(deps.redis, session.id))) return
    await deps.screens.announce({ kind: 'access' })
    await deps.audit.note(personName(session), 'session.ended', { id: session.id })
  },
})

/** The strongest of the roles that groups have; null when none has one. */
function roleOf(groups: readonly string[], given: ReadonlyMap<string, Role>): Role | null {
  const theirs = new Set(groups.flatMap(group => given.get(group) ?? []))
  return roles.findLast(role => theirs.has(role)) ?? null
}

function demandSignIn(ctx: Context, { signIn, signIns, trustedProxies }: SignInDeps): SignIn {
  const counted = signIns(clientAddress(ctx.req, trustedProxies))
  if (!counted.ok) ctx.throw(429, counted.error)
  return signIn ?? noSignIn(ctx)
}

const noSignIn = (ctx: Context): never => ctx.throw(404, `there is no ${ctx.path.slice(0, 80)}`)

/** What proves that a browser began a sign-in is made of the seed in its cookie, by a secret that it does not have. */
const proofOf = (seed: string, { signer }: Pick<SignInDeps, 'signer'>): SignInProof => ({
  state: signer.sign('sign-in state', seed),
  nonce: signer.sign('sign-in nonce', seed),
  verifier: signer.sign('sign-in verifier', seed),
})

const sealOf = (until: string, seed: string, { signer }: Pick<SignInDeps, 'signer'>): string =>
  signer.sign('sign-in', until, seed)

function proofOfCookie(ctx: Context, deps: SignInDeps): SignInProof | null {
  const [, until = '', seed = '', seal = ''] =
    /^(\d{1,12})\.([\w-]{43})\.([\w-]{43})$/.exec(ctx.cookies.get(COOKIE) ?? '') ?? []
  const isOurs = sameSecret(seal, sealOf(until, seed, deps)) && Number(until) * 1000 > deps.now()
  return isOurs ? proofOf(seed, deps) : null
}

function setSignInCookie(ctx: Context, value: string, lifetimeS: number, { signIn, basePath }: SignInDeps): void {
  const isSecure = signIn?.publicUrl.startsWith('https:') === true
  ctx.append('Set-Cookie', cookieText(COOKIE, value, { path: `${basePath}/sign-in`, lifetimeS, isSecure }))
}

function leadTo(ctx: Context, address: string): void {
  ctx.status = 303
  ctx.set('Location', address)
}

/** Neither the query nor what the provider sent is logged: codes and tokens are in it. */
function noteFailure(error: unknown, { log }: SignInDeps): void {
  const { code, error: reason, message } = Failure.safeParse(error).data ?? {}
  log.warn({ code, reason, why: message }, 'a person could not sign in')
}
const short = z
  .string()
  .transform(text => text.slice(0, 200))
  .optional()
  .catch(undefined)
const Failure = z.object({ code: short, error: short, message: short })

/** For a person, who followed links to come here. */
function tell(ctx: Context, status: number, sentence: string, publicUrl: string): void {
  ctx.set('Content-Security-Policy', "default-src 'none'; base-uri 'none'; frame-ancestors 'none'")
  ctx.status = status
  ctx.type = 'html'
  ctx.body = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>Nephoscope: sign-in</title>
<h1>Sign-in</h1>
<p role="alert">${escapeMarkup(sentence)}</p>
<p><a href="${escapeMarkup(publicUrl)}/">Back to Nephoscope</a></p>
</html>
`
}
