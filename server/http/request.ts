import type { Context } from 'koa'
import { z } from 'zod'
import { Instant, toInstant } from '../../shared/domain/primitives.ts'

/** The bytes of a request's body as they came; one that is larger is refused with 413, before more of it is taken. */
export async function readRawBody(ctx: Context, maxBytes: number): Promise<Buffer> {
  const refuse = () => {
    ctx.set('Connection', 'close') // else the rest would be waited for
    ctx.throw(413)
  }
  if (Number(ctx.get('Content-Length')) > maxBytes) refuse()
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of ctx.req.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > maxBytes) refuse()
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

/** The JSON body of a request through a schema; anything else is a 4xx with one line. @param most bytes */
export async function readBody<S extends z.ZodType>(ctx: Context, schema: S, most: number): Promise<z.infer<S>> {
  if (!ctx.is('application/json')) ctx.throw(415, 'send JSON: Content-Type: application/json')
  if ((ctx.request.length ?? 0) > most) ctx.throw(413, `the body is longer than ${most} bytes`)
  const parts: Buffer[] = []
  let bytes = 0
  // Read to its end, whatever its length: a request that is cut short gets no answer.
  for await (const part of ctx.req) {
    const chunk = Buffer.from(part)
    bytes += chunk.length
    if (bytes <= most) parts.push(chunk)
  }
  if (bytes > most) ctx.throw(413, `the body is longer than ${most} bytes`)
  let value: unknown
  try {
    value = JSON.parse(Buffer.concat(parts).toString())
  } catch {
    ctx.throw(400, 'the body is not JSON')
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  return ctx.throw(400, `${issue?.path.join('.') || 'the body'}: ${issue?.message ?? 'not understood'}`)
}

/** A parameter that is an instant or a day (its beginning, UTC): `2026-11-24T12:00:00Z`, `2026-11-24`. */
export const Day = z
  .string()
  .max(30)
  .transform((value, context) => {
    const isOne = z.iso.date().safeParse(value).success || Instant.safeParse(value).success
    if (isOne) return toInstant(Date.parse(value))
    context.addIssue({
      code: 'custom',
      message: 'must be a day such as 2026-11-24, or an instant such as 2026-11-24T12:00:00Z',
    })
    return z.NEVER
  })

/** The key that the guard has checked, for readers that cannot send headers. */
export const KeyQuery = { key: z.string().max(64).optional() }

/** The query string through a strict schema; anything else is a 400 with one line that names the parameter and its rule. */
export function readQuery<S extends z.ZodRawShape>(ctx: Context, shape: S): z.infer<z.ZodObject<S>> {
  const parsed = z.strictObject(shape).safeParse({ ...ctx.query })
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  if (issue?.code === 'unrecognized_keys')
    return ctx.throw(
      400,
      `there is no parameter '${issue.keys[0]?.slice(0, 40)}': use ${Object.keys(shape).join(', ')}`,
    )
  return ctx.throw(400, `${issue?.path.join('.')}: ${issue?.message}`)
}

/** The address under which whoever asks finds this server, without a slash at its end. */
export type BaseUrl<T = string> = (ctx: Context) => T

/**
 * @param configured the address of the whole service, where the office told it; else what the request says of itself is
 * taken, and of a proxy's word only when there is one to believe
 */
export const baseUrl = (configured: string | undefined, trustedProxies: number): BaseUrl => {
  const known = baseUrlIfKnown(configured, trustedProxies)
  return ctx => known(ctx) ?? ctx.throw(400, 'the Host header is no host name: set PUBLIC_URL where it cannot be')
}

/** The same for what can do without: null where the request names no host. */
export const baseUrlIfKnown =
  (configured: string | undefined, trustedProxies: number): BaseUrl<string | null> =>
  ctx => {
    if (configured !== undefined) return configured
    const host = ctx.get('Host')
    if (!/^(?:[a-z0-9.-]{1,253}|\[[0-9a-f:]{2,45}\])(?::\d{1,5})?$/i.test(host)) return null
    const forwarded = trustedProxies > 0 ? ctx.get('X-Forwarded-Proto').split(',').at(-1)?.trim() : undefined
    return `${forwarded === 'https' ? 'https' : ctx.protocol}://${host}`
  }
