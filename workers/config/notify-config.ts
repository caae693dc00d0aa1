import { z } from 'zod'
import { type Channel, parseChannel } from '../../shared/domain/channels.ts'
import { didYouMean } from '../../shared/domain/nearest.ts'
import { fail, ok, type Result, Slug } from '../../shared/domain/primitives.ts'
import { type Strength, strengths } from '../../shared/domain/reason.ts'
import type { Status } from '../../shared/domain/status.ts'
import { findTimeZone, type NightHours, parseNight } from '../../shared/domain/time-zone.ts'
import { inWords, oneOf, strict } from '../../shared/yaml/yaml-file.ts'
import type { PrivateReach } from '../http/reach.ts'
import type { AnyTarget } from '../notify/target.ts'
import { happenings } from '../notify/words/message.ts'
import { durationIn } from './duration.ts'
import type { Known } from './known-names.ts'
import { Private, privateOf } from './private-config.ts'
import { type Environment, filled, type Secrets } from './url-secrets.ts'

/** A target of the sources file. `config` holds its secrets: never log, store or show it. */
export type LiveTarget = {
  id: string
  kind: AnyTarget
  config: unknown
  secrets: Secrets
  /** Where the service is inside. */
  isPrivate?: PrivateReach
}

export type Digest = { every: 'daily' | 'weekly' /** 0 is Sunday. */; weekday: number; minute: number }

/** Who hears of what. */
export type Rule = {
  id: string
  /** Whom it is about: a stack, else channels. */
  stack: string | null
  channels: readonly Channel[]
  what: readonly (typeof happenings)[number][]
  /** The least status of an incident. */
  from: Status
  /** The weakest reason for which an incident concerns the stack. */
  strength: Strength
  to: readonly string[]
  /** Messages wait until these hours are over, unless something is as bad as `except`. */
  quiet: { hours: NightHours; except: Status | null } | null
  /** How often an open conversation is told again until somebody acknowledges it, in ms. */
  repeatMs: number | null
  digest: Digest | null
  timeZone: string
  /** It hears nothing of what clouds tell accounts of ours: its reader may be anybody. */
  isPublicOnly?: true
}

export type Notify = { targets: readonly LiveTarget[]; rules: readonly Rule[] }

/** `notify:` of one file, with the line (from 1) of each target and rule. */
export type PlacedNotify = { targets: { id: string; line: number; live: LiveTarget | null }[]; rules: PlacedRule[] }
type PlacedRule = { rule: Rule; line: number }

const MAX_TARGETS = 200
const MAX_RULES = 2_000
const MINUTE_MS = 60_000

const Id = inWords(Slug, 'is not an id: use up to 64 of a-z, 0-9 and inner hyphens')

/** A list, or one item of it. */
const oneOrMore = <S extends z.ZodType>(item: S) =>
  z.unknown().transform((value, context): z.output<S>[] => {
    const parsed = z.array(item).safeParse(Array.isArray(value) ? value : [value])
    if (parsed.success) return parsed.data
    for (const { path, message } of parsed.error.issues)
      context.addIssue({ code: 'custom', path: Array.isArray(value) ? path : path.slice(1), message })
    return z.NEVER
  })

const oneOfWords = <W extends string>(words: readonly W[], what: string) =>
  z.unknown().transform((value, context): W => {
    const found = words.find(word => word === value)
    if (found !== undefined) return found
    const near = typeof value === 'string' ? didYouMean(value, words) : ''
    context.addIssue(`is not ${what}${near || `: use ${words.join(', ')}`}`)
    return z.NEVER
  })

/** From a function that says what is wrong, with its mend. */
const by = <T>(read: (text: string) => Result<T>) =>
  z.unknown().transform((value, context): T => {
    const result = read(String(value))
    if (result.ok) return result.value
    context.addIssue(result.error)
    return z.NEVER
  })

const troubles = ['degraded_performance', 'partial_outage', 'major_outage'] as const
const Trouble = oneOfWords(troubles, 'a status to begin from')

const TimeZone = by(text => {
  const zone = findTimeZone(text)
  return zone === null ? fail('is not a time zone: write it like Europe/Berlin or Tokyo') : ok(zone)
})

const Hours = by(text => {
  const hours = parseNight(text)
  return hours.ok ? hours : fail("are no hours: give two different times of the day, such as '22:00-07:00'")
})

const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const DigestTime = by((text): Result<Digest> => {
  const [, daily, day = '', hour, minute] =
    /^(?:(daily)|weekly (sun|mon|tue|wed|thu|fri|sat)[a-z]*) (\d{1,2}):(\d{2})$/.exec(text) ?? []
  const at = Number(hour) * 60 + Number(minute)
  if (!(Number(hour) < 24 && Number(minute) < 60))
    return fail('is no time of a digest: write daily 08:00 or weekly mon 08:00')
  return ok({ every: daily ? 'daily' : 'weekly', weekday: Math.max(0, days.indexOf(day)), minute: at })
})

const channelIn = ({ regions }: Known) =>
  by((text): Result<Channel> => {
    const channel = parseChannel(text)
    if (!channel.ok) return fail(`is not a channel: write it like provider/aws or region/aws/us-east-1`)
    const region = channel.value.kind === 'region' ? channel.value.region : null
    if (region !== null && regions !== undefined && !regions.has(region))
      return fail(
        `names a region that the catalogue does not have${didYouMean(region, regions.keys()) || ': GET /api/regions lists them'}`,
      )
    if (channel.value.kind === 'stack') return fail(`is a stack: write stack: ${channel.value.stack}`)
    return ok(text)
  })

const ruleIn = (known: Known) =>
  strict({
    id: Id.optional(),
    stack: Id.optional(),
    channels: oneOrMore(channelIn(known)).optional(),
    what: oneOrMore(oneOfWords(happenings, 'something that can happen')).default(['opened', 'worse', 'resolved']),
    from: Trouble.default('degraded_performance'),
    strength: oneOfWords(strengths, 'a strength').default('likely'),
    to: oneOrMore(Id),
    quiet: strict({ hours: Hours, except: Trouble.optional() }).optional(),
    repeat: durationIn(MINUTE_MS, 24 * 60 * MINUTE_MS, '1m to 24h').optional(),
    digest: DigestTime.optional(),
    tz: TimeZone.default('UTC'),
  }).transform(({ id, stack, channels = [], quiet, repeat, digest, tz, ...row }, context): Rule => {
    const isOne = (stack === undefined) !== (channels.length === 0)
    if (!isOne && context.issues.length === 0)
      context.addIssue({ code: 'custom', path: ['stack'], message: 'stands beside channels: give a rule one of them' })
    if (row.to.length === 0)
      context.addIssue({ code: 'custom', path: ['to'], message: 'names nobody: give it the id of a target' })
    const named = id ?? stack ?? (channels[0] ?? '').replace(/[^a-z0-9]+/g, '-').slice(0, 64)
    return {
      ...row,
      id: named,
      stack: stack ?? null,
      channels,
      quiet: quiet === undefined ? null : { hours: quiet.hours, except: quiet.except ?? null },
      repeatMs: repeat ?? null,
      digest: digest ?? null,
      timeZone: tz,
    }
  })

/** A target by the schema of its kind, once its `${NAME}` are filled in. */
const targetIn = (environment: Environment, kinds: Known['targets']) =>
  z
    .looseObject({ id: Id, kind: z.string(), private: z.exactOptional(Private) })
    .transform(({ id, kind: name, private: isPrivate, ...row }, context) => {
      if (kinds === undefined) return { id, live: null }
      const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
      if (kind === undefined) {
        const names = Object.keys(kinds)
        const message = `is not a kind of target${didYouMean(name, names) || `: use ${names.join(', ')}`}`
        context.addIssue({ code: 'custom', path: ['kind'], message })
        return z.NEVER
      }
      const refuse = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message })
      for (const key of kind.secrets) {
        const value = Reflect.get(row, key)
        if (typeof value === 'string' && !value.includes('${'))
          refuse(
            ['id'],
            `has its ${key} in the file: write it there as \${SOURCE_NAME}, and set that in the environment`,
          )
      }
      const values = filled(row, environment)
      for (const { path, message } of values.problems) refuse(path, message)
      const known = keysOf(kind.config)
      const unknown = known.length === 0 ? [] : Object.keys(row).filter(key => !known.includes(key))
      for (const key of unknown)
        refuse([key], `is not a key of ${name}${didYouMean(key, known) || `: use ${known.join(', ')}`}`)
      if (context.issues.length > 0) return z.NEVER
      const parsed = oneOf(() => kind.config).safeParse(values.value)
      if (parsed.success)
        return { id, live: { id, kind, config: parsed.data, secrets: values.secrets, ...privateOf(isPrivate) } }
      for (const { path, message } of parsed.error.issues)
        refuse(path, path.length === 1 && !Object.hasOwn(row, String(path[0])) ? missing(name) : message)
      return z.NEVER
    })

const keysOf = (config: z.ZodType): string[] => (config instanceof z.ZodObject ? Object.keys(config.shape) : [])

const missing = (kind: string) => `is missing: ${kind} needs it, and docs/targets.md says where to find it`

const listOf = <S extends z.ZodType>(row: S, max: number) =>
  z
    .array(row)
    .max(max, `has too many lines: use at most ${max}`)
    .nullish()
    .transform(rows => rows ?? [])

/** `notify:` of a sources file. */
export const notifyIn = (environment: Environment, known: Known) =>
  strict({
    targets: listOf(targetIn(environment, known.targets), MAX_TARGETS),
    rules: listOf(ruleIn(known), MAX_RULES),
  })
    .nullish()
    .transform(notify => notify ?? { targets: [], rules: [] })

type ReadNotify = z.output<ReturnType<typeof notifyIn>>

export const placeNotify = ({ targets, rules }: ReadNotify, lineOf: (path: PropertyKey[]) => number): PlacedNotify => ({
  targets: targets.map((target, at) => ({ ...target, line: lineOf(['notify', 'targets', at]) })),
  rules: rules.map((rule, at) => ({ rule, line: lineOf(['notify', 'rules', at]) })),
})

/** What no single file can tell: ids that are taken, targets and stacks that are not there. One line each. */
export function notifyProblems(
  files: readonly { name: string; notify: PlacedNotify }[],
  stacks: readonly string[],
): string[] {
  const problems: string[] = []
  const targets = files.flatMap(({ name, notify }) =>
    notify.targets.map(({ id, line }) => ({ id, at: `${name} line ${line}` })),
  )
  const rules = files.flatMap(({ name, notify }) =>
    notify.rules.map(({ rule, line }) => ({ rule, at: `${name} line ${line}` })),
  )
  const placed = rules.map(({ rule: { id }, at }) => ({ id, at }))
  for (const [what, rows] of [
    ['target', targets],
    ['rule', placed],
  ] as const)
    for (const [index, { id, at }] of rows.entries()) {
      const first = rows.findIndex(row => row.id === id)
      if (first < index)
        problems.push(`${at}: 'id: ${id}' is taken already at ${rows[first]?.at}: give every ${what} an id of its own`)
    }
  const ids = targets.map(({ id }) => id)
  for (const { rule, at } of rules) {
    for (const id of rule.to)
      if (!ids.includes(id))
        problems.push(
          `${at}: 'to: ${id}' is not among the targets${didYouMean(id, ids) || ': add it, or leave it out'}`,
        )
    if (rule.stack !== null && !stacks.includes(rule.stack))
      problems.push(
        `${at}: 'stack: ${rule.stack}' is not among the stacks${didYouMean(rule.stack, stacks) || ': add it'}`,
      )
  }
  return problems
}

export const mergeNotify = (files: readonly PlacedNotify[]): Notify => ({
  targets: files.flatMap(({ targets }) => targets.flatMap(({ live }) => live ?? [])),
  rules: files.flatMap(({ rules }) => rules.map(({ rule }) => rule)),
})
