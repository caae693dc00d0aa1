import { z } from 'zod'
import type { Channel } from './channels.ts'
import { fail, Instant, ok, type Result, Slug, text } from './primitives.ts'
import { channelOfStack } from './stack-channels.ts'

/** From the weakest. */
export const roles = ['viewer', 'operator', 'admin'] as const
/** What a named token makes of whoever has it, and a group of its members. */
export const Role = z.enum(roles, { error: "must be 'viewer', 'operator' or 'admin'" })
export type Role = z.infer<typeof Role>

/** What a route asks for: reading, taking care of incidents, running the office, deciding who may do so. */
export type Need = 'view' | 'handle' | 'operate' | 'admin'

/** `office` is `VIEW_TOKEN`: all who share it read, and take care of incidents under their own names. */
const may: Readonly<Record<Role | 'office', readonly Need[]>> = {
  viewer: ['view'],
  office: ['view', 'handle'],
  operator: ['view', 'handle', 'operate'],
  admin: ['view', 'handle', 'operate', 'admin'],
}

/** Who asks: a token, without what is secret of it. */
export type Grant = {
  role: Role | 'office'
  /** The one stack that it is limited to. */
  stack: string | null
}

/** Whether it may do so at all; what of a stack is asked of a grant for a stack, is checked where that is known. */
export const mayDo = ({ role, stack }: Grant, need: Need): boolean =>
  may[role].includes(need) && (stack === null || need === 'view' || need === 'handle')

/** A grant for one stack follows the channel of that stack, and no other. */
export function withinStack({ stack }: Pick<Grant, 'stack'>, channels: readonly Channel[]): Result<true> {
  if (stack === null || (channels.length > 0 && channels.every(channel => channel === channelOfStack(stack))))
    return ok(true)
  return fail(`this token is for the stack '${stack}' alone: ask for the channel ${channelOfStack(stack)}`)
}

/** 64 random bits in hex. */
export const TokenId = z.string().regex(/^[0-9a-f]{16}$/, 'must be the 16 hexadecimal digits of a token')
export type TokenId = z.infer<typeof TokenId>

/** One line, as it stands in the audit log. */
export const TokenName = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(60, 'must be at most 60 characters')
  .regex(/^[^\p{Cc}\p{Cf}]*$/u, 'must be one line of plain text')
  .regex(
    /^(?!(?:view token|admin token|sources file|person |screen ))/i,
    'must not be the name of another kind of token',
  )

/** A named token as it is listed. Its secret is known to whoever was given it. */
export const AccessToken = z.object({
  id: TokenId,
  name: TokenName,
  role: Role,
  stack: Slug.nullable(),
  /** Who made it. */
  by: text(80),
  createdAt: Instant,
  /** When its secret was last made anew. */
  rotatedAt: Instant.nullable(),
  expiresAt: Instant.nullable(),
})
export type AccessToken = z.infer<typeof AccessToken>

/** A person who is signed in with one browser. */
export const Session = z.object({
  id: TokenId,
  name: text(50),
  /** As the provider of identities knows the person. */
  subject: text(255),
  role: Role,
  createdAt: Instant,
  expiresAt: Instant,
})
export type Session = z.infer<typeof Session>

/** As lists and the audit log name a person. */
export const personName = ({ name }: Pick<Session, 'name'>): string => `person ${name}`

export const hasExpired = ({ expiresAt }: Pick<AccessToken, 'expiresAt'>, now: number): boolean =>
  expiresAt !== null && Date.parse(expiresAt) <= now

/** When the secret of a token was made: whoever was admitted by an older one is no more. */
export const madeAt = ({ createdAt, rotatedAt }: Pick<AccessToken, 'createdAt' | 'rotatedAt'>): Instant =>
  rotatedAt ?? createdAt

export const accessToken = (id: TokenId, secret: string): string => `neph_${id}.${secret}`

/** Token → its parts; null for any other token. */
export function parseAccessToken(token: string): { id: TokenId; secret: string } | null {
  const [, id, secret] = /^neph_([0-9a-f]{16})\.([\w-]{43})$/.exec(token) ?? []
  return id === undefined || secret === undefined ? null : { id, secret }
}
