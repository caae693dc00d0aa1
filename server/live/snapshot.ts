import type { Channel } from '../../shared/domain/channels.ts'
import { compactSnapshot, longTextsOf } from '../../shared/domain/compact-snapshot.ts'
import {
  type ChannelFacts,
  narrow,
  type Snapshot,
  type SnapshotFrame,
  takeSnapshot,
} from '../../shared/domain/snapshot.ts'
import type { Reset } from '../../shared/domain/socket-protocol.ts'
import type { View } from '../../shared/domain/view.ts'
import type { Catalogue } from '../../shared/regions/catalogue.ts'
import { compress, type Encoding } from '../http/compress.ts'
import { tagOf } from '../http/route.ts'
import type { Current } from './current.ts'
import type { Heartbeat } from './heartbeat.ts'

/** How old a snapshot may be. A client resumes from its head, so an older one is as true as a newer. */
const MAX_AGE_MS = 250

export type SnapshotDeps = {
  current: Current
  catalogue: Catalogue
  build: string
  heartbeat: Pick<Heartbeat, 'workersAt'>
  now: () => number
}

/** An answer ready to send. Each encoding is made once, at its first use. */
export type Packed = { etag: string; plain: Buffer; body(encoding: Encoding): Promise<Buffer> }

export type PackedSnapshot = {
  snapshot: Snapshot
  whole: () => Packed
  compact: () => Packed
  texts: () => Packed
  /** The snapshot of these channels, made at most once while it is one of those last asked for. */
  narrowed(channels: readonly Channel[], facts: ChannelFacts): PackedSnapshot
  /** Whether it is there and need not be made. */
  hasNarrowed(channels: readonly Channel[]): boolean
}

/** Most readers follow the same few sets of channels. */
const MAX_NARROWED = 256
/** A narrowed snapshot has up to some megabytes; one is always kept. */
const MAX_NARROWED_BYTES = 32 * 1024 * 1024

/** The snapshot of everything, made at most once for a version of the view and once in `MAX_AGE_MS`. */
export function snapshotCache(deps: SnapshotDeps): () => PackedSnapshot {
  let packed: PackedSnapshot | undefined
  let of: View | undefined
  let settings: View['settings'] | undefined
  let madeAt = 0
  return () => {
    const { view } = deps.current
    const ageMs = deps.now() - madeAt // below 0 when the clock was set back
    // Another view object means that the stream was rebuilt: nobody can resume from a snapshot of the old one.
    // Nor can a follower of a stack resume across a change of the stacks.
    const isOutdated =
      packed === undefined ||
      of !== view ||
      settings !== view.settings ||
      (packed.snapshot.head !== view.head && (ageMs >= MAX_AGE_MS || ageMs < 0))
    if (packed === undefined || isOutdated) {
      packed = packSnapshot(takeSnapshot(view, frameOf(deps)))
      of = view
      settings = view.settings
      madeAt = deps.now()
    }
    return packed
  }
}

const frameOf = ({ catalogue, build, heartbeat, now }: SnapshotDeps): SnapshotFrame => ({
  build,
  at: new Date(now()).toISOString(),
  workersAt: heartbeat.workersAt,
  providers: [...catalogue.providers.values()],
  regions: [...catalogue.regions.values()],
})

export function packSnapshot(snapshot: Snapshot): PackedSnapshot {
  const cache = new Map<string, PackedSnapshot>()
  let bytes = 0
  const keep = (key: string, its: PackedSnapshot): void => {
    cache.set(key, its)
    bytes += its.whole().plain.length
    for (const [oldest, dropped] of cache) {
      if (cache.size === 1 || (cache.size <= MAX_NARROWED && bytes <= MAX_NARROWED_BYTES)) return
      cache.delete(oldest)
      bytes -= dropped.whole().plain.length
    }
  }
  const packed: PackedSnapshot = {
    snapshot,
    whole: once(() => pack(snapshot)),
    compact: once(() => pack(compactSnapshot(snapshot))),
    texts: once(() => pack(longTextsOf(snapshot))),
    hasNarrowed: channels => channels.includes('all') || cache.has(nameOf(channels)),
    narrowed(channels, facts) {
      if (channels.includes('all')) return packed
      const key = nameOf(channels)
      const known = cache.get(key)
      if (known !== undefined) {
        // as the newest: the map is in the order in which they were asked for
        cache.delete(key)
        cache.set(key, known)
        return known
      }
      const made = packSnapshot(narrow(snapshot, channels, facts))
      keep(key, made)
      return made
    },
  }
  return packed
}

/** The same for the same channels, in whatever order and however often they are named. */
const nameOf = (channels: readonly Channel[]): string => [...new Set(channels)].sort().join()

/**
 * Resets as one transport sends them. A frame is made at most once for a snapshot and a reason: thousands of clients
 * may be reset together.
 * @param frameOf the frame of a `Reset` that is already JSON
 */
export function resetFrames<F>(frameOf: (json: string, snapshot: Snapshot) => F) {
  const made = new WeakMap<PackedSnapshot, Map<Reset['reason'], F>>()
  return (packed: PackedSnapshot, reason: Reset['reason']): F => {
    const frames = made.get(packed) ?? new Map<Reset['reason'], F>()
    made.set(packed, frames)
    const frame =
      frames.get(reason) ?? frameOf(`{"reason":"${reason}","snapshot":${packed.whole().plain}}`, packed.snapshot)
    frames.set(reason, frame)
    return frame
  }
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

function pack(answer: object): Packed {
  const plain = Buffer.from(JSON.stringify(answer))
  const bodies = new Map<Encoding, Promise<Buffer>>()
  return {
    etag: `"${tagOf(plain)}"`,
    plain,
    body(encoding) {
      const made =
        bodies.get(encoding) ?? (encoding === 'identity' ? Promise.resolve(plain) : compress(plain, encoding))
      bodies.set(encoding, made)
      return made
    },
  }
}
