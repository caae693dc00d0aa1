import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import {
  type Channel,
  type CountryOf,
  channelsOfArticle,
  channelsOfComponents,
  channelsOfIncident,
  channelsOfNotice,
  channelsOfProbe,
  channelsOfRegion,
  channelsOfSource,
} from '../../shared/domain/channels.ts'
import { pictureOf, textsOf } from '../../shared/domain/compact-snapshot.ts'
import { worstFirst } from '../../shared/domain/rollup.ts'
import type { Snapshot } from '../../shared/domain/snapshot.ts'
import { byNewest, type View } from '../../shared/domain/view.ts'
import type { Catalogue } from '../../shared/regions/catalogue.ts'
import { tagOf } from '../http/route.ts'
import type { Current } from './current.ts'
import type { Heartbeat } from './heartbeat.ts'

const compressBrotli = promisify(brotliCompress)
const compressGzip = promisify(gzip)

/** How old a snapshot may be. A client resumes from its head, so an older one is as true as a newer. */
const MAX_AGE_MS = 250
/** Of 11: nearly the best size in a tenth of the time. */
const BROTLI_QUALITY = 5

export type SnapshotDeps = {
  current: Current
  catalogue: Catalogue
  build: string
  heartbeat: Pick<Heartbeat, 'workersAt'>
  now: () => number
}

/** All current state as one value. */
export function takeSnapshot({ current, catalogue, build, heartbeat, now }: SnapshotDeps): Snapshot {
  const { view } = current
  return {
    build,
    head: view.head,
    at: new Date(now()).toISOString(),
    ...view.office,
    workersAt: heartbeat.workersAt,
    providers: [...catalogue.providers.values()],
    regions: [...catalogue.regions.values()],
    statuses: [...view.statuses.values()],
    incidents: [...view.incidents.values()].sort(worstFirst),
    components: [...view.components.values()].filter(component => component.status !== 'operational'),
    articles: [...view.articles.values()].sort(byNewest),
    sources: [...view.sources.values()],
    probes: [...view.probes.values()],
    notices: [...view.notices.values()],
  }
}

export type Encoding = 'br' | 'gzip' | 'identity'

/** An answer ready to send. Each encoding is made once, at its first use. */
export type Packed = { etag: string; body(encoding: Encoding): Promise<Buffer> }

/** A snapshot ready to send: whole, and in the two parts that pages take. Each is made at its first use. */
export type PackedSnapshot = { snapshot: Snapshot; whole: () => Packed; picture: () => Packed; texts: () => Packed }

/** The snapshot of everything, made at most once for a version of the view and once in `MAX_AGE_MS`. */
export function snapshotCache(deps: SnapshotDeps): () => PackedSnapshot {
  let packed: PackedSnapshot | undefined
  let of: View | undefined
  let madeAt = 0
  return () => {
    const { view } = deps.current
    const ageMs = deps.now() - madeAt // below 0 when the clock was set back
    // Another view object means that the stream was rebuilt: nobody can resume from a snapshot of the old one.
    const isOutdated =
      packed === undefined || of !== view || (packed.snapshot.head !== view.head && (ageMs >= MAX_AGE_MS || ageMs < 0))
    if (packed === undefined || isOutdated) {
      packed = packSnapshot(takeSnapshot(deps))
      of = view
      madeAt = deps.now()
    }
    return packed
  }
}

export function packSnapshot(snapshot: Snapshot): PackedSnapshot {
  return {
    snapshot,
    whole: once(() => pack(snapshot)),
    picture: once(() => pack(pictureOf(snapshot))),
    texts: once(() => pack(textsOf(snapshot))),
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
  const bodies = new Map<Encoding, Promise<Buffer>>([['identity', Promise.resolve(plain)]])
  return {
    etag: `"${tagOf(plain)}"`,
    body(encoding) {
      const made = bodies.get(encoding) ?? compress(plain, encoding)
      bodies.set(encoding, made)
      return made
    },
  }
}

const compress = (plain: Buffer, encoding: Encoding): Promise<Buffer> =>
  encoding === 'br'
    ? compressBrotli(plain, {
        params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
      })
    : compressGzip(plain, { level: 6 })

/**
 * The part of a snapshot that belongs to these channels: exactly the records whose events they carry.
 * Providers and regions of the catalogue stay, for they are what records refer to.
 */
export function narrow(snapshot: Snapshot, channels: readonly Channel[], countryOf: CountryOf): Snapshot {
  const wanted = new Set(channels)
  if (wanted.has('all')) return snapshot
  const belongs = (its: readonly Channel[]) => its.some(channel => wanted.has(channel))
  return {
    ...snapshot,
    statuses: snapshot.statuses.filter(status => belongs(channelsOfRegion(status.region, countryOf))),
    incidents: snapshot.incidents.filter(incident => belongs(channelsOfIncident(incident, countryOf))),
    components: snapshot.components.filter(component => belongs(channelsOfComponents(component.provider))),
    articles: snapshot.articles.filter(article => belongs(channelsOfArticle(article, countryOf))),
    sources: snapshot.sources.filter(source => belongs(channelsOfSource(source.provider))),
    probes: snapshot.probes.filter(probe => belongs(channelsOfProbe(probe, countryOf))),
    notices: belongs(channelsOfNotice) ? snapshot.notices : [],
  }
}
