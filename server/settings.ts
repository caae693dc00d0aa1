import { z } from 'zod'
import { Role } from '../shared/domain/access.ts'
import { parseChannel } from '../shared/domain/channels.ts'
import { LogLevel, OtlpEndpoint, RetentionDays } from '../shared/environment.ts'
import { redisSettings } from '../shared/redis/redis-settings.ts'
import { RedisUrl } from '../shared/redis/redis-url.ts'

const tokenRule =
  'must be 20 to 512 characters without spaces, at least 10 of them different, and none of the words that are guessed first: make one with: openssl rand -base64 24'
/** What lists of passwords and of placeholders begin with. */
const GUESSED_FIRST = /passw(?:or[dt]|d)|change.?(?:me|this)|letmein|qwert|123456|abcdef|placeholder|example/i
/**
 * A token that nobody guesses. There is no measure of chance in a text: length and different characters refuse what is
 * repeated or short, which is all that a rule can do. What the command makes has 192 random bits.
 */
const Token = z
  .string()
  .regex(/^\S{20,512}$/, tokenRule)
  .refine(token => new Set(token).size >= 10 && !GUESSED_FIRST.test(token), tokenRule)

const originRule = 'must be origins such as https://wall.example.com, comma-separated, or * for all'
const Origin = z.string().regex(/^(?:\*|https?:\/\/[^/\s]+)$/, originRule)

const hostNamesRule = 'must be host names without a port, such as status.example.com, comma-separated, or * for any'
const HostName = z.string().regex(/^(?:\*|[\w.-]{1,253})$/, hostNamesRule)

const publicUrlRule = 'must be an address such as https://status.example.com or https://example.com/status'
const PublicUrl = z.string().regex(/^https?:\/\/[a-z0-9.:[\]-]+(?:\/[\w.~-]+)*$/i, publicUrlRule)

const hostsRule = 'must be hosts and their pages, such as status.shop.example=stack/shop,azure.example=azure'
/** `host=page`, comma-separated → the page of each host. */
const Hosts = z.string().transform((value, context) => {
  const hosts = new Map<string, string>()
  for (const entry of value.split(',').map(part => part.trim())) {
    const [, host = '', page = ''] =
      /^([a-z0-9.-]{1,253}(?::\d{1,5})?)=([a-z0-9-]+(?:\/[a-z0-9-]+){0,3})$/i.exec(entry) ?? []
    const isPage = parseChannel(page.includes('/') ? page : `provider/${page}`).ok
    if (entry !== '' && (!isPage || hosts.has(host.toLowerCase()))) {
      context.addIssue(`${hostsRule}; each host once: '${entry.slice(0, 80)}'`)
      return z.NEVER
    }
    if (entry !== '') hosts.set(host.toLowerCase(), page)
  }
  return hosts
})

const issuerRule =
  'must be the address of a provider of identities such as https://login.example.com/realms/office; http only of this machine'
/** `http` is for a provider on the same machine: what it says is not seen on the way. */
const Issuer = z
  .string()
  .regex(
    /^(?:https:\/\/[^\s?#@]{1,500}|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?(?:\/[^\s?#@]{0,400})?)$/,
    issuerRule,
  )
  .refine(address => URL.canParse(address), issuerRule)
  .transform(address => new URL(address))

const rolesRule =
  "must be groups and what their members may do, such as staff=viewer,sre=operator,platform=admin: 'viewer', 'operator' or 'admin', each group once"
/** `group=role`, comma-separated. A group may contain `=`. */
const GroupRoles = z.string().transform((value, context) => {
  const roles = new Map<string, Role>()
  for (const entry of value.split(',').map(part => part.trim())) {
    const [group, role] = [
      entry.slice(0, Math.max(0, entry.lastIndexOf('='))).trim(),
      Role.safeParse(entry.slice(entry.lastIndexOf('=') + 1).trim()),
    ]
    if (group === '' || !role.success || roles.has(group)) {
      context.addIssue(`${rolesRule}; not '${entry.slice(0, 80)}'`)
      return z.NEVER
    }
    roles.set(group, role.data)
  }
  return roles
})

const count = (max: number) =>
  z
    .string()
    .regex(/^\d{1,7}$/, `must be a whole number from 0 to ${max}`)
    .transform(Number)
    .pipe(z.number().max(max, `must be a whole number from 0 to ${max}`))

const Environment = z.object({
  PORT: count(65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  /** Set: `/metrics` is answered there, without a token, and nowhere else. */
  METRICS_PORT: count(65_535).optional(),
  ...redisSettings,
  /** Set: the admin's routes exist, and need it. */
  ADMIN_TOKEN: Token.optional(),
  /** A replica of that Redis: this server follows the stream and loads its view there. It needs the same files for TLS. */
  REDIS_REPLICA_URL: RedisUrl.optional(),
  /** Set: reading needs it. */
  VIEW_TOKEN: Token.optional(),
  /** Set: people sign in at this provider of identities (OpenID Connect). */
  OIDC_ISSUER: Issuer.optional(),
  OIDC_CLIENT_ID: z.string().max(500).optional(),
  OIDC_CLIENT_SECRET: z.string().max(2_000).optional(),
  /** The claim that lists a person's groups. */
  OIDC_GROUPS_CLAIM: z.string().max(200).default('groups'),
  OIDC_ROLES: GroupRoles.optional(),
  /** Origins of other sites whose pages may read and connect; comma-separated. `*`: all, where reading is open. */
  ALLOWED_ORIGINS: z
    .string()
    .default('')
    .transform(value =>
      value
        .split(',')
        .map(origin => origin.trim().replace(/\/$/, ''))
        .filter(Boolean),
    )
    .pipe(z.array(Origin)),
  /** Names by which this server is addressed, beside those of the public address. `*`: any. */
  ALLOWED_HOSTS: z
    .string()
    .default('')
    .transform(value =>
      value
        .toLowerCase()
        .split(',')
        .map(host => host.trim())
        .filter(Boolean),
    )
    .pipe(z.array(HostName)),
  /** The public address, to which feeds and badges link; its path is the base path. Unset: as a request names it. */
  PUBLIC_URL: z
    .string()
    .transform(value => value.replace(/\/$/, ''))
    .pipe(PublicUrl)
    .optional(),
  /** Hosts that are the status page of a provider or a stack, for Statuspage's own clients. */
  STATUSPAGE_HOSTS: z.string().default('').pipe(Hosts),
  /** How many proxies in front are trusted with X-Forwarded-For, counted from the server outwards. */
  TRUST_PROXY: count(10).default(0),
  /** Socket handshakes that one address may make in a minute; 0 is no limit. */
  HANDSHAKES_PER_MINUTE: count(1_000_000).default(600),
  /** Requests that one network may make in a minute of all servers together, of those that cost work; 0 is no limit. */
  REQUESTS_PER_MINUTE: count(1_000_000).default(1_200),
  /** Sockets and event streams that one address may hold open; 0 is no limit. An office may share one address. */
  CONNECTIONS_PER_ADDRESS: count(1_000_000).default(3_000),
  /** Connections of all kinds that the server holds; further ones are closed at once. */
  MAX_CONNECTIONS: count(1_000_000).default(50_000),
  /** How many days ended incidents are kept, as answers state it. The workers need the same value. */
  RETENTION_DAYS: RetentionDays,
  /** `hidden`: this server tells nobody what clouds told our own accounts; another one, for the team, may. */
  PRIVATE_WORDS: z.enum(['shown', 'hidden'], 'must be shown or hidden').default('shown'),
  LOG_LEVEL: LogLevel.default('info'),
  OTEL_EXPORTER_OTLP_ENDPOINT: OtlpEndpoint,
})
export const Settings = Environment.superRefine((given, context) => {
  const { PORT, METRICS_PORT, ALLOWED_ORIGINS, VIEW_TOKEN, ADMIN_TOKEN } = given
  if (METRICS_PORT === PORT)
    context.addIssue({ code: 'custom', path: ['METRICS_PORT'], message: 'must be another port than PORT' })
  const besides = [
    'OIDC_CLIENT_ID',
    'OIDC_CLIENT_SECRET',
    'OIDC_ROLES',
    'VIEW_TOKEN',
    'ADMIN_TOKEN',
    'PUBLIC_URL',
  ] as const
  for (const name of besides)
    if (given.OIDC_ISSUER !== undefined && given[name] === undefined)
      context.addIssue({ code: 'custom', path: [name], message: 'must be set where OIDC_ISSUER is' })
  const isAlone = given.OIDC_ISSUER === undefined && (given.OIDC_CLIENT_ID ?? given.OIDC_ROLES) !== undefined
  if (isAlone) context.addIssue({ code: 'custom', path: ['OIDC_ISSUER'], message: 'must be set where people sign in' })
  const message = 'must name origins where VIEW_TOKEN is set: with * any page could try tokens'
  if (VIEW_TOKEN !== undefined && ALLOWED_ORIGINS.includes('*'))
    context.addIssue({ code: 'custom', path: ['ALLOWED_ORIGINS'], message })
  if (VIEW_TOKEN !== undefined && VIEW_TOKEN === ADMIN_TOKEN)
    context.addIssue({ code: 'custom', path: ['ADMIN_TOKEN'], message: 'must be another than VIEW_TOKEN' })
})
export type Settings = z.infer<typeof Settings>
