import type { Context } from 'koa'
import { z } from 'zod'

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
