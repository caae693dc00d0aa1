import type { Context } from 'koa'
import { z } from 'zod'
import { nearest } from '../../shared/domain/nearest.ts'
import { descending } from '../../shared/domain/order.ts'
import { Instant, toInstant } from '../../shared/domain/primitives.ts'

/** The query string through a schema. Anything else is a 400 whose line names the parameter and its rule. */
export function readQuery<S extends z.ZodRawShape>(
  ctx: Context,
  shape: S,
  ignoresOthers = false,
): z.infer<z.ZodObject<S>> {
  const schema: z.ZodObject<S> = ignoresOthers ? z.object(shape) : z.strictObject(shape)
  const parsed = schema.safeParse({ ...ctx.query })
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  if (issue?.code === 'unrecognized_keys') return ctx.throw(400, noParameter(issue.keys[0] ?? '', Object.keys(shape)))
  const name = String(issue?.path[0])
  const given = ctx.query[name]
  if (given === undefined) return ctx.throw(400, `${name}: is missing`)
  return ctx.throw(400, `${name}: ${Array.isArray(given) ? 'must be given once' : issue?.message}`)
}

function noParameter(name: string, known: readonly string[]): string {
  const near = nearest(name.toLowerCase(), known)
  const mend = near === null ? `use ${known.join(', ') || 'none'}` : `did you mean ${near}?`
  return `there is no parameter '${name.slice(0, 40)}': ${mend}`
}

/** In any form: what is meant by 'Shop' is told where the names are known. */
export const Name = z.string().min(1, 'must not be empty').max(140, 'must be at most 140 characters')
/** The code of a country, in either case of letters. */
export const CountryCode = Name.toUpperCase()

/** The key of a channel, for readers that cannot send headers. `guard` checks it. */
export const KeyQuery = { key: z.string().max(80).optional() }

/** An instant, or a day, which is its first instant in UTC: `2026-11-24T12:00:00Z`, `2026-11-24`. */
export const Day = z
  .string()
  .max(30)
  .transform((value, context) => {
    const isOne = z.iso.date().safeParse(value).success || Instant.safeParse(value).success
    if (isOne) return toInstant(Date.parse(value))
    context.addIssue('must be a day such as 2026-11-24, or an instant such as 2026-11-24T12:00:00Z')
    return z.NEVER
  })

export const SearchText = z.string().trim().min(1, 'must not be empty').max(100, 'must be at most 100 characters')

const MAX_RECORDS = 500
const cursorRule = "must be the 'next' of an earlier answer"

/** `limit`, and `before`, which is the `next` of the answer before. */
export const Paging = {
  limit: numberUpTo(MAX_RECORDS, /^\d{1,3}$/).default(50),
  before: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT[\d:.]{8,12}Z_[a-z0-9._/-]{1,200}$/, cursorRule)
    .refine(before => Number.isFinite(Date.parse(parseCursor(before).at)), cursorRule)
    .optional(),
}

/** A whole number from 1 to `max`, as a query has it. */
export function numberUpTo(max: number, digits: RegExp) {
  const rule = `must be a number from 1 to ${max}`
  return z.string().regex(digits, rule).transform(Number).pipe(z.number().min(1, rule).max(max, rule))
}

/** A place in an order by time, newest first. It still holds when records come and go. */
export const formatCursor = (at: string, id: string): string => `${at}_${id}`

/** The inverse of `formatCursor`. */
export function parseCursor(cursor: string): { at: string; id: string } {
  const end = cursor.indexOf('_')
  return { at: cursor.slice(0, end), id: cursor.slice(end + 1) }
}

/** One page of records, newest first by the instant `at`, and the `next` cursor; null on the last page. */
export function pageOf<T extends { id: string }>(
  records: readonly T[],
  at: (record: T) => string,
  paging: { limit: number; before?: string | undefined },
): { items: T[]; next: string | null } {
  const { limit, before } = paging
  const keyed = records.map(record => ({ record, key: formatCursor(at(record), record.id) }))
  keyed.sort(descending('key'))
  const from = before === undefined ? keyed : keyed.filter(({ key }) => key < before)
  const items = from.slice(0, limit)
  const last = items.at(-1)
  return { items: items.map(({ record }) => record), next: last && from.length > limit ? last.key : null }
}

/** The bytes of a request's body. A longer one is refused with 413 before more of it is read. */
export async function readRawBody(ctx: Context, maxBytes: number): Promise<Buffer> {
  const refuse = () => {
    ctx.set('Connection', 'close') // without it the server would read the rest
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

/** The JSON body of a request through a schema. Anything else is a 4xx with one line. */
export async function readBody<S extends z.ZodType>(ctx: Context, schema: S, maxBytes: number): Promise<z.infer<S>> {
  if (!ctx.is('application/json')) ctx.throw(415, 'send JSON: Content-Type: application/json')
  if ((ctx.request.length ?? 0) > maxBytes) ctx.throw(413, `the body is longer than ${maxBytes} bytes`)
  const chunks: Buffer[] = []
  let size = 0
  // A body of unknown length is read to its end: a request that is cut short gets no answer.
  for await (const chunk of ctx.req) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size <= maxBytes) chunks.push(bytes)
  }
  if (size > maxBytes) ctx.throw(413, `the body is longer than ${maxBytes} bytes`)
  let value: unknown
  try {
    value = JSON.parse(Buffer.concat(chunks).toString())
  } catch {
    ctx.throw(400, 'the body is not JSON')
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  return ctx.throw(400, `${issue?.path.join('.') || 'the body'}: ${issue?.message ?? 'not understood'}`)
}
