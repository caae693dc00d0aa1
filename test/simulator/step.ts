import { z } from 'zod'

/** `90s`, `2h`, `2d12h` → ms */
export const Duration = z
  .string()
  .regex(
    /^(?=\d)(?:\d{1,4}d)?(?:\d{1,4}h)?(?:\d{1,4}m)?(?:\d{1,4}s)?$/,
    'write a duration such as 45s, 10m, 2h or 1d12h',
  )
  .transform(toMs)

const Id = z.string().regex(/^[a-z0-9-]{1,60}$/, 'an id is made of a-z, 0-9 and -')
const Words = z.string().trim().min(1).max(2000)
const Severity = z.enum(['none', 'minor', 'major', 'critical'])
const Names = z.array(z.string().min(1).max(120)).max(60).default([])

const Open = z.strictObject({
  do: z.literal('open'),
  id: Id,
  /** azure, aws, google or the name of a status page */
  on: Id,
  title: Words,
  impact: Severity.default('minor'),
  /** Region codes, or `global`. */
  regions: Names,
  /** Services of a cloud, or components of a status page. */
  services: Names,
  text: Words.optional(),
})

/** An update of an open incident: more places, another phase, the end. */
const Proceed = z.strictObject({
  do: z.enum(['spread', 'update', 'identify', 'monitor', 'resolve', 'begin', 'complete']),
  id: Id,
  title: Words.optional(),
  impact: Severity.optional(),
  /** Affected from now on, beside those that already are. */
  regions: Names,
  services: Names,
  /** Regions that are well again. */
  cleared: Names,
  text: Words.optional(),
})

const Schedule = z.strictObject({
  do: z.literal('schedule'),
  id: Id,
  on: Id,
  title: Words,
  services: Names,
  /** From the moment of the step. */
  in: Duration,
  for: Duration,
  text: Words.optional(),
})

/** A slug that the feed already has in this round amends that article. */
const Publish = z.strictObject({
  do: z.literal('publish'),
  feed: Id,
  slug: Id.optional(),
  title: Words,
  summary: Words,
  tags: Names,
  /** Of a customer story. */
  quote: z.strictObject({ text: Words, name: Words, role: Words, company: Words }).optional(),
})

/**
 * How a source fails: an HTTP status, or `hang` (never answers) · `reset` (the connection breaks) · `garbage` (bytes of
 * no format) · `html` (a proxy's page with 200) · `empty` (no bytes) · `hollow` (well-formed without entries) · `cut`
 * (half the document as if it were whole) · `truncated` (half the document, then the connection breaks) · `drip` (a few
 * bytes at a time) · `old` (the answer before the last change)
 */
const Mode = z.union([
  z.number().int().min(400).max(599),
  z.enum(['hang', 'reset', 'garbage', 'html', 'empty', 'hollow', 'cut', 'truncated', 'drip', 'old']),
])

const Fail = z.strictObject({
  do: z.literal('fail'),
  source: Id,
  as: Mode.default(503),
  /** Sent as `Retry-After` in seconds. */
  retryAfter: Duration.optional(),
  /** It recovers by itself after so many answers. */
  times: z.number().int().min(1).optional(),
})

const Recover = z.strictObject({ do: z.literal('recover'), source: Id })

/** A cloud tells the account of who watches it, and nobody else. The incident may become public later, or never. */
const Tell = z.strictObject({
  do: z.literal('tell'),
  /** That of the incident. */
  id: Id,
  on: z.enum(['aws', 'azure', 'google']),
  title: Words,
  regions: Names,
  services: Names,
  text: Words,
  isOver: z.boolean().default(false),
})

/** One thing that happens in the simulated world. */
export const Step = z.discriminatedUnion('do', [Open, Proceed, Schedule, Publish, Fail, Recover, Tell])
export type Step = z.output<typeof Step>
/** A step as it is written in a story. */
export type StepInput = z.input<typeof Step>
export type StepOf<Do extends Step['do']> = Extract<Step, { do: Do }>

export type Fault = { as: z.output<typeof Mode>; retryAfterMs: number | null; timesLeft: number }

/** Throws one line for an invalid step. */
export function parseStep(input: StepInput): Step {
  const parsed = Step.safeParse(input)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new Error(`step '${input.do}': ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is malformed'}`)
}

function toMs(duration: string): number {
  const units: Record<string, number> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 }
  let ms = 0
  for (const [, count, unit] of duration.matchAll(/(\d+)([dhms])/g)) ms += Number(count) * (units[unit ?? ''] ?? 0)
  return ms
}
