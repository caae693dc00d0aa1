import { z } from 'zod'

/** An instant: ISO 8601 in UTC with `Z`, as on the wire and in Redis. */
export const Instant = z.iso.datetime({ offset: false })
export type Instant = z.infer<typeof Instant>

export const toInstant = (ms: number): Instant => new Date(ms).toISOString()

/** A name in ids and channels: lower case, no slash. */
export const Slug = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/)

/** ISO 3166-1 alpha-2, upper case. @see https://www.iso.org/iso-3166-country-codes.html */
export const Country = z.string().regex(/^[A-Z]{2}$/)

export const RegionId = z.string().regex(/^[a-z0-9-]{1,64}\/[a-z0-9-]{1,64}$/)
export type RegionId = z.infer<typeof RegionId>

/** `<source>/<native id>`: incidents, components and articles. A reader has made the native part safe. */
export const RecordId = z.string().regex(/^[a-z0-9-]{1,64}\/[a-z0-9][a-z0-9._-]{0,119}$/)
export type RecordId = z.infer<typeof RecordId>

export const sourceOf = (id: RecordId): string => id.slice(0, id.indexOf('/'))

/** The provider of a region or of a service of a catalogue. */
export const providerOf = (id: RegionId): string => id.slice(0, id.indexOf('/'))

/** External text after `read`: plain and bounded. */
export const text = (max: number) => z.string().max(max)

/** A web address that may become a link. Never `javascript:` or `data:`. */
export const WebUrl = z
  .string()
  .max(2048)
  .regex(/^https?:\/\/[^\s"<>]+$/i, 'is not a web address: begin it with https:// or http://')

/** An endpoint that a probe can measure: a web address, `tcp://host:port` or `tls://host:port`. */
export const EndpointUrl = z.union([
  WebUrl,
  z
    .string()
    .max(2048)
    .regex(/^(?:tcp|tls):\/\/[^\s"<>/?#@]+:\d{1,5}$/i),
])

/** An expected outcome as a value: a result, or one line that says why there is none. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: string }

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })
export const fail = (error: string): { ok: false; error: string } => ({ ok: false, error })
