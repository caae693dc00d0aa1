import type { Context } from 'koa'
import type { z } from 'zod'

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
