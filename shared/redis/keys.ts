/** All keys share one hash tag, so that they live in one slot of a Redis Cluster and scripts may touch them together. */
const tag = '{nephoscope}'

/** Every key of the store. The value behind each is said once, here. */
export const keys = {
  /** string: the schema version of the store */
  schema: `${tag}:schema`,
  /** string: the schema version down to which a migration that has begun is done; absent when none is under way */
  migrated: `${tag}:schema:migrated`,
  /** string with expiry: who migrates or restores the store now */
  maintenance: `${tag}:maintenance`,
  /** string: Office as JSON */
  office: `${tag}:office`,
  /**
   * stream: one field `event`, an EventDraft as JSON; the entry's id is the event's. Or one field `anew`: the store was restored or
   * migrated, and whoever follows takes it anew
   */
  events: `${tag}:events`,

  /** hash: record id → record as JSON */
  statuses: `${tag}:statuses`,
  incidents: `${tag}:incidents`,
  /** sorted set: incident id, scored by the instant (ms) of its last update */
  incidentTimes: `${tag}:incidents:times`,
  components: `${tag}:components`,
  /** of those that their feeds own */
  articles: `${tag}:articles`,
  /** sorted set: `<publishedAt>_<article id>` of every article, owned or archived, in the order of these texts */
  articleOrder: `${tag}:articles:order`,
  /** hash: article id → Article as JSON, of those that their feeds no longer own */
  articleArchive: `${tag}:articles:archive`,
  /** sorted set: the archived ones alone, as in `articleOrder` */
  articleArchiveOrder: `${tag}:articles:archive:order`,
  sources: `${tag}:sources`,
  notices: `${tag}:notices`,
  /** hash: source id → Probe as JSON */
  probes: `${tag}:probes`,

  /** hash: source id → PollState as JSON */
  polls: `${tag}:polls`,
  /** hash: source id → number of commits; guards against a commit on outdated ground */
  versions: `${tag}:versions`,
  /** sorted set: source id, scored by the instant (ms, Redis' clock) at which it is due */
  due: `${tag}:due`,
  /** string: the latest instant (ms, Redis' clock) at which the timetable was read, to a second or so */
  clock: `${tag}:clock`,
  /** hash: source id → ms that one poll may take before the source is due again */
  leases: `${tag}:leases`,
  /** hash: source id → the due instant of the claim under which it was last given out; equal to `due` while that poll is under way */
  claims: `${tag}:claims`,
  /** hash: source id → instant (ms, Redis' clock) of a push: a poll that began before it does not answer it */
  pushes: `${tag}:pushes`,
  /** hash: source id → the latest instant to which a push brought it forward; may lie ahead */
  pushedAt: `${tag}:pushed-at`,

  /** hash: source id → NamedHub as JSON */
  hubs: `${tag}:hubs`,
  /** hash: source id → HubRequest as JSON, written by a worker */
  hubRequests: `${tag}:hubs:requests`,
  /** hash: source id → HubAnswer as JSON, written by servers */
  hubAnswers: `${tag}:hubs:answers`,
  /** string with expiry: who asks hubs now */
  hubLease: `${tag}:hubs:lease`,
  /** hash: source id → SHA-256 of its webhook's secret, in hex */
  webhooks: `${tag}:webhooks`,

  /** string with expiry: who rolls up now */
  rollUpLease: `${tag}:rollup:lease`,
  /** string: ISO instant at which a roll-up last ran */
  rollUpBeat: `${tag}:rollup:beat`,
  /** list: `<ms> <ms>`, from when until when nobody rolled up, oldest first */
  gaps: `${tag}:history:gaps`,

  /** sorted set: screen id, scored by the instant (ms) of its last sign of life */
  screens: `${tag}:screens`,
  /** hash: screen id → SHA-256 of its token's secret, in hex; only of those that were admitted */
  screenDigests: `${tag}:screens:digests`,
  /** string with expiry: somebody looks at the screens */
  screensWatched: `${tag}:screens:watched`,
  /** pub/sub channel: what servers tell each other of screens, a BusMessage as JSON */
  screenBus: `${tag}:screens:bus`,
  /** sorted set: code of a screen that waits, scored by the instant (ms) at which it ends */
  pairings: `${tag}:pairings`,
} as const

/** hash: `name` `place` `pinned` `muted` `revision` `admittedAt`, its last `report` as JSON, and the `connection` that holds it */
export const screenOf = (id: string): string => `${tag}:screen:${id}`

/** string with expiry: ScreenPicture as JSON */
export const pictureOf = (id: string): string => `${tag}:screen:${id}:picture`

/** hash with expiry: `digest` of the secret beside the code, and `screen` once it is admitted */
export const pairingOf = (code: string): string => `${tag}:pairing:${code}`

/** string with expiry: a worker's host name, while its timetable loop turns */
export const workerBeat = (host: string): string => `${tag}:worker:${host}`

/** list: `<ms> <status>`, from when on the region had that status, oldest first */
export const historyOf = (region: string): string => `${tag}:history:${region}`

/** Prefix of BullMQ's own keys. */
export const queuePrefix = `${tag}:queue`
