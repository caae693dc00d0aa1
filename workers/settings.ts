import { hostname } from 'node:os'
import { z } from 'zod'
import { LogLevel, Megabytes, OtlpEndpoint, RetentionDays } from '../shared/environment.ts'
import { redisSettings } from '../shared/redis/redis-settings.ts'

const PLACE_RULE = 'must be a name of 1 to 40 characters'

const MegabytesOrNone = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a whole number of megabytes from 0 to 99999')
  .transform(Number)

function isPlainAddress(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { protocol, username, password, search, hash } = new URL(value)
  return /^https?:$/.test(protocol) && [username, password, search, hash].every(part => part === '')
}

function withoutSlashes(address: string): string {
  let end = address.length
  while (address.charAt(end - 1) === '/') end--
  return address.slice(0, end)
}

export const Settings = z.object({
  ...redisSettings,
  NEPHOSCOPE_CONFIG: z.string().default('config/sources.yaml'),
  ALLOW_PRIVATE_SOURCES: z
    .undefined({
      error:
        'is no setting any more: write private: true into the lines of the sources file whose addresses are inside',
    })
    .optional(),
  /** The name of the place where these workers run, shown beside what probes measure from there. */
  PROBE_FROM: z
    .string()
    .trim()
    .min(1, PLACE_RULE)
    .max(40, PLACE_RULE)
    .default(() => hostname().slice(0, 40)),
  /** The server's address on the internet. When it is set, workers subscribe to the hubs of feeds. */
  PUBLIC_URL: z
    .string()
    .max(1024, 'must be at most 1024 characters')
    .refine(isPlainAddress, 'must be a web address such as https://clouds.example.com, without user, query or fragment')
    .transform(withoutSlashes)
    .optional(),
  /** By which browsers are told while no page is open. Without it none are. */
  VAPID_PRIVATE_KEY: z
    .string()
    .regex(/^[\w-]{43}$/, 'must be a key that npm run notify -- vapid prints')
    .optional(),
  /** Hosts inside at which browsers' push services may be, comma-separated; all others must be public. */
  PRIVATE_PUSH_HOSTS: z
    .string()
    .max(1024, 'must be at most 1024 characters')
    .regex(/^[a-z0-9., -]*$/i, 'must be hosts such as push.example.internal, comma-separated and without ports')
    .default('')
    .transform(hosts => new Set(hosts.toLowerCase().split(/[ ,]+/).filter(Boolean))),
  /** How long an ended incident is kept. */
  RETENTION_DAYS: RetentionDays,
  /** How many megabytes are kept of what sources said, word for word, beside the incidents. */
  EVIDENCE_MB: MegabytesOrNone.default(64),
  /** How many megabytes of pictures of articles are kept; 0: none is fetched. */
  IMAGES_MB: MegabytesOrNone.default(64),
  /** How many megabytes of events the stream keeps: the further back, the longer a client may be away. */
  STREAM_MB: Megabytes.default(64),
  LOG_LEVEL: LogLevel.default('info'),
  OTEL_EXPORTER_OTLP_ENDPOINT: OtlpEndpoint,
})
