import type { Context } from 'koa'
import { z } from 'zod'
import { Instant, toInstant } from '../../shared/domain/primitives.ts'

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
