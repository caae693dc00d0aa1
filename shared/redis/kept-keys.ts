import { historyOf, keys, pairingOf, pictureOf, queuePrefix, screenOf, workerBeat } from './keys.ts'

/** What a key holds that a backup keeps. */
export type Kept = 'string' | 'hash' | 'zset' | 'list' | 'stream'

/**
 * What becomes of each key in a backup: it is kept as what it is, or `passing`. Leases, signs of life, the timetable, and what workers
 * write anew from the sources file pass: they are made again by those who run.
 */
const fates: Record<keyof typeof keys, Kept | 'passing'> = {
  schema: 'string',
  migrated: 'passing',
  maintenance: 'passing',
  office: 'string',
  events: 'stream',
  statuses: 'hash',
  incidents: 'hash',
  incidentTimes: 'zset',
  components: 'hash',
  articles: 'hash',
  articleOrder: 'zset',
  articleArchive: 'hash',
  articleArchiveOrder: 'zset',
  sources: 'hash',
  notices: 'hash',
  probes: 'hash',
  polls: 'hash',
  versions: 'hash',
  due: 'passing',
  clock: 'passing',
  leases: 'passing',
  claims: 'passing',
  pushes: 'passing',
  pushedAt: 'passing',
  hubs: 'hash',
  hubRequests: 'hash',
  hubAnswers: 'hash',
  hubLease: 'passing',
  webhooks: 'passing',
  rollUpLease: 'passing',
  rollUpBeat: 'string',
  gaps: 'list',
  screens: 'zset',
  screenDigests: 'hash',
  screensWatched: 'passing',
  screenBus: 'passing',
  pairings: 'passing',
}

/** What all our keys begin with, the queues' too. */
export const ours = keys.schema.slice(0, -'schema'.length)

const restoring = `${ours}restoring:`
/** Where a key stands while it is being restored: nobody reads it there. */
export const restoringOf = (key: string): string => restoring + key.slice(ours.length)

const named: ReadonlyMap<string, Kept | 'passing'> = new Map(
  Object.entries(keys).map(([name, key]) => [key, fates[name as keyof typeof keys]]),
) // entries of `keys`
const prefixes: readonly (readonly [string, Kept | 'passing'])[] = [
  [`${queuePrefix}:`, 'passing'],
  [restoring, 'passing'],
  [pairingOf(''), 'passing'],
  [workerBeat(''), 'passing'],
  [historyOf(''), 'list'],
  [screenOf(''), 'hash'],
]

/** What a backup does with a key; undefined where the key is none that this build knows. */
export function fateOf(key: string): Kept | 'passing' | undefined {
  const fate = named.get(key)
  if (fate !== undefined) return fate
  if (key.startsWith(screenOf('')) && key.endsWith(pictureOf('').slice(screenOf('').length))) return 'passing'
  return prefixes.find(([prefix]) => key.startsWith(prefix))?.[1]
}

/** Whether a field of a kept hash tells who is there just now: it is left out. */
export const isPresence = (key: string, field: string): boolean =>
  key.startsWith(screenOf('')) && field === 'connection'
