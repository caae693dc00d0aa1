import { z } from 'zod'
import { fail, ok, type Result } from './domain/primitives.ts'

/** `1`/`true`/`yes`/`on` or `0`/`false`/`no`/`off`; unset or empty is off. */
export const Flag = z
  .string()
  .default('')
  .transform(value => value.trim().toLowerCase())
  .pipe(z.enum(['', '1', 'true', 'yes', 'on', '0', 'false', 'no', 'off'], { error: 'must be 1 or 0' }))
  .transform(value => ['1', 'true', 'yes', 'on'].includes(value))

export const LogLevel = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
  error: 'must be trace, debug, info, warn, error, fatal or silent',
})

/** How many days ended incidents are kept. */
export const RetentionDays = z
  .string()
  .regex(/^\d{1,4}$/, 'must be a whole number of days from 1 to 3650')
  .transform(Number)
  .pipe(z.number().min(1, 'must be at least 1 day').max(3650, 'must be at most 3650 days'))
  .default(90)

/** A size in whole megabytes. */
export const Megabytes = z
  .string()
  .regex(/^\d{1,4}$/, 'must be a whole number of megabytes from 1 to 4096')
  .transform(Number)
  .pipe(z.number().min(1, 'must be at least 1 megabyte').max(4096, 'must be at most 4096 megabytes'))

/** What servers alone are given: nobody who can make workers tell their environment is to learn it. */
export const SERVER_SECRETS: readonly string[] = ['ADMIN_TOKEN', 'VIEW_TOKEN', 'OIDC_CLIENT_SECRET']

/** The collector of traces, as OpenTelemetry names it; without a slash at its end. Unset: there are none. */
export const OtlpEndpoint = z
  .string()
  .regex(/^https?:\/\/[^\s/?#][^\s?#]{0,1000}$/, 'must be a web address such as http://127.0.0.1:4318')
  .transform(value => value.replace(/\/$/, ''))
  .optional()

/** The environment → settings, or one line with each invalid variable and its rule. An empty variable is unset. */
export function parseEnvironment<S extends z.ZodType>(
  schema: S,
  environment: Record<string, string | undefined>,
): Result<z.infer<S>> {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = schema.safeParse(set)
  if (parsed.success) return ok(parsed.data)
  return fail(
    parsed.error.issues
      .map(issue => {
        const name = String(issue.path[0])
        const given =
          set[name] === undefined || /TOKEN|PASSWORD|SECRET|KEY/.test(name)
            ? ''
            : ` (is '${withoutCredentials(set[name]).slice(0, 60)}')`
        return `${name} ${issue.message}${given}`
      })
      .join('; '),
  )
}

function withoutCredentials(value: string): string {
  const from = value.indexOf('://')
  const to = value.lastIndexOf('@')
  return from === -1 || to < from ? value : `${value.slice(0, from)}://…${value.slice(to)}`
}
