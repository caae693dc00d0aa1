import { randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { Context } from 'koa'
import { z } from 'zod'
import { AccessToken, accessToken, hasExpired, Role, TokenId, TokenName } from '../../shared/domain/access.ts'
import { ascending } from '../../shared/domain/order.ts'
import { Instant, Slug, toInstant } from '../../shared/domain/primitives.ts'
import { revokeKeysOf } from '../../shared/redis/channel-keys.ts'
import { readUses, tokenUses } from '../../shared/redis/last-uses.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import {
  addToken,
  listTokens,
  MAX_TOKENS,
  readToken,
  removeToken,
  replaceToken,
  type StoredToken,
} from '../../shared/redis/tokens.ts'
import type { Access } from '../access/access.ts'
import { newSecret } from '../http/admission.ts'
import { type Known, unknownName } from '../live/known-channels.ts'
import type { ScreenController } from '../screens/screen-controller.ts'
import { adminRoute } from './kinds.ts'

export type TokenDeps = {
  redis: Redis
  access: Pick<Access, 'bearer'>
  screens: Pick<ScreenController, 'announce'>
  known: Known
  now: () => number
  onInvalid: OnInvalid
}

const MAX_BODY_BYTES = 2_048

/** A token in the list. `lastUsedAt` is true to about an hour. */
const ListedToken = z.object({ ...AccessToken.shape, lastUsedAt: Instant.nullable() })
/** The only answer with the secret: the store has its digest alone. */
const GivenToken = z.object({ token: AccessToken, secret: z.string() })

export const getTokens = adminRoute({
  access: 'admin',
  method: 'get',
  path: '/api/tokens',
  summary: 'The tokens with a name, by their names.',
  details: 'Each with its role, its stack, who made it, when, and when it was last used. None has its secret.',
  query: {},
  answers: { 200: z.object({ tokens: z.array(ListedToken) }) },
  cache: 'no-store',
  async handle(_, { redis, onInvalid }: TokenDeps) {
    const [stored, uses] = [await listTokens(redis, onInvalid), await readUses(redis, tokenUses)]
    const tokens = [...stored.values()].map(one => ({ ...listed(one), lastUsedAt: uses.get(one.id) ?? null }))
    return { tokens: tokens.sort(ascending('name')) }
  },
})

const NewToken = z.strictObject({
  name: TokenName,
  role: Role,
  stack: Slug.nullable().default(null),
  expiresAt: Instant.nullable().default(null),
})

export const createToken = adminRoute({
  access: 'admin',
  audit: 'token.made',
  method: 'post',
  path: '/api/tokens',
  summary: 'Makes a token with a name.',
  details:
    '`{ "name", "role", "stack", "expiresAt" }`: `role` is `viewer`, `operator` or `admin`; with `stack` it is for that stack alone. `secret` is what to send as `Authorization: Bearer …`, and is shown this once.',
  query: {},
  body: { schema: NewToken, maxBytes: MAX_BODY_BYTES },
  answers: { 201: GivenToken },
  faults: [409],
  cache: 'no-store',
  async handle({ ctx, body }, { redis, access, known, now }: TokenDeps) {
    const { name, role, stack, expiresAt } = await body()
    if (role === 'admin' && stack !== null)
      ctx.throw(400, 'stack: an admin is for all stacks: make it a viewer or an operator')
    if (stack !== null && !known.stack.has(stack)) ctx.throw(400, `stack: ${unknownName('stack', stack, known)}`)
    if (hasExpired({ expiresAt }, now())) ctx.throw(400, 'expiresAt: must be later than now')
    const { id, secret, digest } = { id: randomBytes(8).toString('hex'), ...newSecret() }
    const by = access.bearer(ctx)?.by ?? ''
    const token: StoredToken = {
      id,
      name,
      role,
      stack,
      by,
      createdAt: toInstant(now()),
      rotatedAt: null,
      expiresAt,
      digest,
    }
    const outcome = await addToken(redis, token)
    if (outcome === 'taken')
      ctx.throw(409, `name: there is a token '${name}' already: revoke it, or make its secret anew`)
    if (outcome === 'full') ctx.throw(409, `there are ${MAX_TOKENS} tokens already: revoke some`)
    return { token: listed(token), secret: accessToken(id, secret) }
  },
})

export const rotateToken = adminRoute({
  access: 'admin',
  audit: 'token.rotated',
  method: 'post',
  path: '/api/tokens/:id/rotate',
  summary: 'Makes the secret of a token anew.',
  details:
    'The old one ends at once: what is open with it is cut on every server, and keys that it asked for are revoked.',
  query: {},
  answers: { 200: GivenToken },
  cache: 'no-store',
  async handle({ ctx, params }, deps: TokenDeps) {
    const before = await findToken(ctx, params.id, deps)
    const { secret, digest } = newSecret()
    const token: StoredToken = { ...before, digest, rotatedAt: toInstant(deps.now()) }
    if (!(await replaceToken(deps.redis, token))) noToken(ctx, params.id)
    await cutBearer(before, deps)
    return { token: listed(token), secret: accessToken(token.id, secret) }
  },
})

export const deleteToken = adminRoute({
  access: 'admin',
  audit: 'token.revoked',
  method: 'delete',
  path: '/api/tokens/:id',
  summary: 'Revokes a token.',
  details: 'What is open with it is cut on every server, and keys that it asked for are revoked.',
  query: {},
  answers: { 204: null },
  async handle({ ctx, params }, deps: TokenDeps) {
    const token = await findToken(ctx, params.id, deps)
    if (!(await removeToken(deps.redis, token.id))) noToken(ctx, params.id)
    await cutBearer(token, deps)
  },
})

/** Ends what an older secret of this token has opened. */
async function cutBearer({ name }: StoredToken, { redis, screens, onInvalid }: TokenDeps): Promise<void> {
  await revokeKeysOf(redis, name, onInvalid)
  await screens.announce({ kind: 'access' })
}

const listed = ({ digest: _, ...token }: StoredToken): AccessToken => token

async function findToken(ctx: Context, given: string, { redis, onInvalid }: TokenDeps): Promise<StoredToken> {
  const id = TokenId.safeParse(given)
  return (id.success ? await readToken(redis, id.data, onInvalid) : undefined) ?? noToken(ctx, given)
}

const noToken = (ctx: Context, id: string): never =>
  ctx.throw(404, `there is no token '${id.slice(0, 40)}': GET /api/tokens lists them`)
