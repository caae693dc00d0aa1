import { STATUS_CODES } from 'node:http'
import type { Context, Middleware } from 'koa'
import { z } from 'zod'

/** Why a request failed: the body of every answer from 400 on. @see https://www.rfc-editor.org/rfc/rfc9457 */
export const Problem = z.object({
  type: z.literal('about:blank').describe('No kind of its own: the status says what kind it is.'),
  title: z.string().describe('The words for the status.'),
  status: z.int().min(400).max(599),
  detail: z.string().describe('What is wrong, and what mends it, in one line.'),
})

export const PROBLEM_TYPE = 'application/problem+json'

/** When whoever asked too often should ask again, in seconds: what is counted is counted by the minute. */
export const LIMIT_RETRY_AFTER_S = 60

/** A problem as JSON. */
export const problemText = (status: number, detail: string): string =>
  JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail } satisfies z.infer<
    typeof Problem
  >)

export function answerProblem(ctx: Context, status: number, detail: string): void {
  if (status === 429 && !ctx.response.get('Retry-After')) ctx.set('Retry-After', String(LIMIT_RETRY_AFTER_S))
  ctx.remove('ETag')
  ctx.remove('Cache-Control') // that of the answer that there is not
  ctx.status = status
  ctx.type = PROBLEM_TYPE
  ctx.body = problemText(status, detail)
}

/**
 * Answers a request whose path is a route's while its method is none of the route's: 405, with those that are. Stands
 * behind all routers. @see https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6
 */
export const otherMethods: Middleware = async (ctx, next) => {
  // each router adds the routes of this path, whatever their methods
  const routes: readonly { methods: readonly string[] }[] = ctx.matched ?? []
  const methods = new Set(routes.flatMap(route => route.methods))
  return methods.size === 0 ? next() : allow(ctx, methods)
}

/** Answers OPTIONS with these methods, and any method that is none of them with 405. */
export async function allow(ctx: Context, methods: Iterable<string>): Promise<void> {
  const allowed = [...methods, 'OPTIONS'].sort().join(', ')
  ctx.set('Allow', allowed)
  if (ctx.method === 'OPTIONS') ctx.status = 204
  else ctx.throw(405, `${ctx.method.slice(0, 20)} is not for ${ctx.path.slice(0, 80)}: use ${allowed}`)
}
