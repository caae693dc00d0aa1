/** What became of a request. */
export type HttpOutcome = Ending & {
  /** How long the hosts were waited for, in whole ms; the time before our turn does not count. Null where none was asked. */
  latencyMs: number | null
}

/** How one request ended. `maxAgeMs` is how long the answer stays good from now on; null when it does not say. */
export type Ending = Fresh | Unchanged | Failed | Held

type Fresh = {
  kind: 'fresh'
  status: number
  /** Without its content encoding. */
  body: Uint8Array
  contentType: string | null
  etag: string | null
  lastModified: string | null
  maxAgeMs: number | null
  /** The `Link` header, whole. */
  link: string | null
  /** Where the answer came from in the end. */
  url: string
  /** The same address where every redirect to it was permanent, so that it may be remembered; null otherwise. */
  movedTo: string | null
}

type Unchanged = {
  kind: 'unchanged'
  status: 304
  etag: string | null
  lastModified: string | null
  maxAgeMs: number | null
}

/** What became of a form that was sent: taken with a 2xx, whose body is not read. */
export type HttpReceipt = { kind: 'accepted'; status: number } | Failed

export type Failed = {
  kind: 'failed'
  /** Where the status is the failure; null where no answer came, or the answer was refused. */
  status: number | null
  /** Plain words, one line. */
  reason: string
  /** How long the host asks to be left alone, at most a day; null when it does not. */
  retryAfterMs: number | null
  /** The host says that the address will not come back (410). */
  gone: boolean
}

/** Nothing was asked: the host wants to be left alone, as it told another request. */
type Held = {
  kind: 'held'
  host: string
  /** For so long from now on. */
  waitMs: number
}

/** A redirect, not yet followed. */
export type Moved = { kind: 'moved'; location: string | null; isPermanent: boolean }
