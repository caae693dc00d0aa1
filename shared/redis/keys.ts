import { byCollection, type CollectionName } from '../domain/collections.ts'

export type KeptType = 'string' | 'hash' | 'zset' | 'list' | 'stream'

/** The beginning of all keys, also BullMQ's: one hash tag, so that all are in one slot and scripts may combine them. */
export const keyPrefix = '{nephoscope}:'

/**
 * Every other key of the store: its name behind the prefix, and its type where a backup keeps it. `transient` are
 * leases, heartbeats, the timetable and what workers write again from the sources file.
 */
const rows = {
  schema: ['schema', 'string'],
  /** string: the schema version that an unfinished migration has reached; absent when none is running */
  migrated: ['schema:migrated', 'transient'],
  /** string with expiry: the process that migrates, restores or backs up the store */
  maintenance: ['maintenance', 'transient'],
  office: ['office', 'string'],
  /** stream: field `event`, an EventDraft as JSON under the entry's id; or `anew`: readers load the store again */
  events: ['events', 'stream'],
  /** hash: `entries` and `bytes` of `events`, counted again when they are absent, and `maxBytes`, which workers write */
  eventSize: ['events:size', 'transient'],

  /** hash: `<incident id>#<n>` → LedgerEntry as JSON */
  ledger: ['ledger', 'hash'],
  /** sorted set: `<incident id>#<n>`, scored by when the entry was stored (ms, Redis' clock) */
  ledgerOrder: ['ledger:order', 'zset'],
  /** string: bytes of all entries */
  ledgerBytes: ['ledger:bytes', 'string'],
  /** hash: SHA-256 of a fragment, in hex → the fragment, deflated and in Base64 */
  evidence: ['evidence', 'hash'],
  /** hash: `<incident id>#<n>` → SHA-256 of its fragment, and behind it an EvidenceOrigin as JSON */
  evidenceOrigins: ['evidence:origins', 'hash'],
  /** sorted set: `<incident id>#<n>`, scored by when the entry was seen (ms) */
  evidenceOrder: ['evidence:order', 'zset'],
  /** hash: SHA-256 of a fragment, in hex → number of entries that were read from it */
  evidenceUses: ['evidence:uses', 'hash'],
  /** string: bytes of all values in the hashes of fragments and origins */
  evidenceBytes: ['evidence:bytes', 'string'],

  /** sorted set: incident id, scored by its last update (ms) */
  incidentTimes: ['incidents:times', 'zset'],
  /** sorted set: `<publishedAt>_<article id>` of every article, owned or archived, in lexical order */
  articleOrder: ['articles:order', 'zset'],
  /** hash: article id → Article as JSON, of articles that their feeds no longer contain */
  articleArchive: ['articles:archive', 'hash'],
  /** sorted set: the archived part of `articleOrder` */
  articleArchiveOrder: ['articles:archive:order', 'zset'],

  /** hash: `<hash>-<width>` → WebP, of the pictures of articles; workers fetch them again after a restore */
  pictures: ['pictures', 'transient'],
  /** sorted set: hash of a picture, scored by when the newest article with it was published (ms) */
  pictureOrder: ['pictures:order', 'transient'],
  /** string: bytes of all values in `pictures` */
  pictureBytes: ['pictures:bytes', 'transient'],
  /** hash: SHA-256 of the address of an image, in hex → PictureTry as JSON */
  pictureTries: ['pictures:tries', 'transient'],
  /** hash: source id → LostPictures as JSON, where a picture of its articles was refused or not to be had */
  lostPictures: ['pictures:lost', 'transient'],
  /** string with expiry: the worker that fetches pictures */
  pictureLease: ['pictures:lease', 'transient'],

  /** string: the version of the catalogue by which the services of incidents and articles are named */
  services: ['services', 'string'],

  /** hash: source id → PollState as JSON */
  polls: ['polls', 'hash'],
  /** hash: source id → number of commits; a commit based on an older number is refused */
  versions: ['versions', 'hash'],
  /** sorted set: source id, scored by the instant (ms, Redis' clock) at which it is due */
  due: ['due', 'transient'],
  /** string: the latest instant (ms, Redis' clock) at which the timetable was read, to about a second */
  clock: ['clock', 'transient'],
  /** hash: source id → ms that one poll may take before the source is due again */
  leases: ['leases', 'transient'],
  /** hash: source id → due instant of the claim that was last handed out; equal to `due` while that poll runs */
  claims: ['claims', 'transient'],
  /** hash: source id → instant (ms, Redis' clock) of a push; a poll that began earlier does not answer it */
  pushes: ['pushes', 'transient'],
  /** hash: source id → the latest instant to which a push moved the source; may be in the future */
  pushedAt: ['pushed-at', 'transient'],

  /** hash: source id → NamedHub as JSON */
  hubs: ['hubs', 'hash'],
  /** hash: source id → HubRequest as JSON, written by a worker */
  hubRequests: ['hubs:requests', 'hash'],
  /** hash: source id → HubAnswer as JSON, written by servers */
  hubAnswers: ['hubs:answers', 'hash'],
  /** string with expiry: the worker that sends requests to hubs */
  hubLease: ['hubs:lease', 'transient'],
  /** hash: source id → SHA-256 of its webhook's secret, in hex */
  webhooks: ['webhooks', 'transient'],
  /** hash: id of a source that posts to us → InboundSecret as JSON */
  inboundSecrets: ['inbound:secrets', 'transient'],
  /** hash: source id → bytes of its inbox */
  inboxBytes: ['inbox-bytes', 'hash'],

  /** string with expiry: the worker that rolls up */
  rollUpLease: ['rollup:lease', 'transient'],
  /** string: ISO instant of the last roll-up */
  rollUpBeat: ['rollup:beat', 'string'],
  /** string with expiry: the worker that publishes the states of stacks and regions to brokers */
  statesLease: ['notify:states:lease', 'transient'],
  /** hash: id → PushSubscriber as JSON: browsers that are told while no page is open */
  pushSubscriptions: ['push:subscriptions', 'hash'],
  /** string: a number that grows with every change of `pushSubscriptions` */
  pushVersion: ['push:version', 'transient'],
  /** string: the public half of the key by which the workers push, in base64url */
  pushKey: ['push:key', 'transient'],
  /** list: `<ms> <ms>`, begin and end of each time without a roll-up, oldest first */
  gaps: ['history:gaps', 'list'],

  /** string: the secret that signs links to acknowledge; a restored store makes a new one */
  acknowledgeSecret: ['acknowledge:secret', 'transient'],
  /** sorted set: AuditEntry as JSON, scored by when it was done (ms) */
  audit: ['audit', 'zset'],
  /** string: Configured as JSON, what workers took last of the sources file; not compared over a restore */
  configured: ['audit:configured', 'transient'],
  /** hash: id → StoredToken as JSON, with the SHA-256 of its secret */
  tokens: ['access:tokens', 'hash'],
  /** hash: id → StoredSession as JSON, with the SHA-256 of its secret: people who are signed in */
  sessions: ['access:sessions', 'transient'],
  /** hash: id of a token → ISO instant of its last use, to about an hour */
  tokenUses: ['access:token-uses', 'hash'],
  /** string: the secret that signs the keys of channels, and cookies; kept, so that badges elsewhere go on */
  signingSecret: ['access:secret', 'string'],
  /** hash: id → ChannelKey as JSON */
  channelKeys: ['access:keys', 'hash'],
  /** hash: id of a ChannelKey → ISO instant of its last use, to about an hour */
  channelKeyUses: ['access:key-uses', 'hash'],

  /** string with expiry: the worker that notifies */
  notifyLease: ['notify:lease', 'transient'],
  /** string: id of the event up to which messages were decided */
  notifyCursor: ['notify:cursor', 'string'],
  /** hash: conversation id → Conversation as JSON */
  conversations: ['notify:conversations', 'hash'],
  /** hash: rule id → RuleMemory as JSON */
  notifyRules: ['notify:rules', 'hash'],
  /** hash: target id → its kind, of the sources file */
  notifyTargets: ['notify:targets', 'transient'],
  /** hash: `<target> <conversation>` of each lane that holds messages → LaneTrouble as JSON, or empty */
  lanes: ['deliveries:lanes', 'hash'],
  /** sorted set: lane, scored by the instant (ms, Redis' clock) at which it is looked at */
  lanesDue: ['deliveries:due', 'transient'],
  /** hash: lane → claim of the worker that sends its first message */
  laneHolders: ['deliveries:holders', 'transient'],
  /** hash: `bytes` that wait, `sent`, `failed`, `late`, `dead` (the last id) and `forgotten` dead letters */
  deliveryCounts: ['deliveries:counts', 'hash'],
  /** list: Delivery as JSON, newest first */
  deliveries: ['deliveries:recent', 'list'],
  /** list: `letter`, a DeadLetter, and `waiting`, the message, each JSON in JSON; newest first */
  deadLetters: ['deliveries:dead', 'list'],

  /** sorted set: screen id, scored by its last heartbeat (ms) */
  screens: ['screens', 'zset'],
  /** hash: screen id → SHA-256 of its token's secret, in hex; only of admitted screens */
  screenDigests: ['screens:digests', 'hash'],
  /** string with expiry: a client watches the screens */
  screensWatched: ['screens:watched', 'transient'],
  /** pub/sub channel: BusMessage as JSON, between servers */
  screenBus: ['screens:bus', 'transient'],
  /** sorted set: pairing code of a waiting screen, scored by its expiry (ms) */
  pairings: ['pairings', 'transient'],
} as const satisfies Record<string, readonly [name: string, KeptType | 'transient']>

type KeyName = keyof typeof rows

/** Every fixed key of the store. Each collection is a hash: record id → record as JSON. */
export const keys: Readonly<Record<KeyName | CollectionName, string>> = {
  ...byCollection(name => keyPrefix + name),
  // `Object.fromEntries` types its keys as any text; these are the names of `rows`.
  ...(Object.fromEntries(Object.entries(rows).map(([name, [key]]) => [name, keyPrefix + key])) as Record<
    KeyName,
    string
  >),
}

/**
 * hash: `name` `place` `pinned` `muted` `revision` `admittedAt` `report` (JSON), the `connection` of its socket and the
 * `network` that it came from
 */
export const screenKey = (id: string): string => `${keyPrefix}screen:${id}`

export const screenshotKey = (id: string): string => `${screenKey(id)}${screenshotEnd}`
const screenshotEnd = ':picture'

/** hash with expiry: `digest` of the code's secret, and `screen` once it is admitted */
export const pairingKey = (code: string): string => `${keyPrefix}pairing:${code}`

/** set with expiry: codes of the screens that wait, of one network */
export const pairingsOfKey = (network: string): string => `${keyPrefix}pairings-of:${network}`

/** string with expiry: a worker's heartbeat, by host name */
export const workerKey = (host: string): string => `${keyPrefix}worker:${host}`

/** list: Post as JSON, what a source has posted and no worker has read, oldest first */
export const inboxKey = (source: string): string => `${keyPrefix}inbox:${source}`

/** string with expiry: a post with this mark has been taken */
export const seenPostKey = (source: string, mark: string): string => `${seenPostKeys}${source}:${mark}`
const seenPostKeys = `${keyPrefix}inbox-seen:`

/** list: `<ms> <status>`, when the region's status changed and to what, oldest first */
export const historyKey = (region: string): string => `${keyPrefix}history:${region}`

/** list: WaitingMessage as JSON, of a lane */
export const lanePrefix = `${keyPrefix}lane:`
/** string with expiry: what the next message of a lane's conversation needs */
export const handlePrefix = `${keyPrefix}handle:`
/** string with expiry: a target that asked for no messages */
export const holdPrefix = `${keyPrefix}hold:`

/** string with expiry: requests that a network made in this minute, behind a colon */
export const requestCounts = `${keyPrefix}requests`

export const restoringKey = (key: string): string => restoringPrefix + key.slice(keyPrefix.length)
export const restoringPrefix = `${keyPrefix}restoring:`

/** Prefix of BullMQ's own keys. */
export const queuePrefix = `${keyPrefix}queue`
/** BullMQ's queues: polls of status and of news, and messages on their way. */
export const queueNames = ['status', 'news', 'deliver'] as const

const fixed: ReadonlyMap<string, KeptType | 'transient'> = new Map([
  ...Object.values(rows).map(([key, type]) => [keyPrefix + key, type] as const),
  ...Object.values(byCollection(name => [keys[name], 'hash'] as const)),
])
const byPrefix: readonly (readonly [string, KeptType | 'transient'])[] = [
  [`${queuePrefix}:`, 'transient'],
  [restoringPrefix, 'transient'],
  [pairingKey(''), 'transient'],
  [pairingsOfKey(''), 'transient'],
  [workerKey(''), 'transient'],
  [`${requestCounts}:`, 'transient'],
  [historyKey(''), 'list'],
  [inboxKey(''), 'list'],
  [seenPostKeys, 'transient'],
  [lanePrefix, 'list'],
  [handlePrefix, 'transient'],
  [holdPrefix, 'transient'],
  [screenKey(''), 'hash'],
]

/** The type as which a backup keeps a key, or `transient`; undefined for a key that this build does not know. */
export function keptTypeOf(key: string): KeptType | 'transient' | undefined {
  const type = fixed.get(key)
  if (type !== undefined) return type
  if (key.startsWith(screenKey('')) && key.endsWith(screenshotEnd)) return 'transient'
  return byPrefix.find(([begin]) => key.startsWith(begin))?.[1]
}

/** Whether a field of a kept hash describes the present connection, or the last; a backup leaves it out. */
export const isConnectionField = (key: string, field: string): boolean =>
  key.startsWith(screenKey('')) && (field === 'connection' || field === 'network')
