import type { Source } from '../../shared/domain/source.ts'
import { newerSchemaMessage, SCHEMA_VERSION } from '../../shared/redis/schema-version.ts'
import { type Finding, fine, look, span, wrong } from './finding.ts'
import type { StoreFacts } from './gather-redis.ts'

/** The roll-up runs each second; after this time a successor should have taken over. */
const ROLL_UP_LATE_MS = 15_000
/** So long without an event is rare even at night. */
const QUIET_MS = 6 * 3_600_000
/** Consecutive failures of a failing source. One failure may be a matter of the network. */
const FAILING = 3
/** A source is overdue after this many intervals and this tolerance. */
const LATE_INTERVALS = 3
const LATE_MS = 60_000
const NAMED = 5

export function judgeStore(store: StoreFacts, now: number): Finding[] {
  return [
    schema(store),
    workers(store),
    rollUp(store, now),
    head(store, now),
    evidence(store),
    ...sources(store.sources, now),
  ]
}

function schema({ schema: mark, migrated, underMaintenance }: StoreFacts): Finding {
  if (mark === null)
    return look('schema', 'the store bears no version: it is empty', 'the first server or worker that starts makes it')
  const found = Number(mark)
  if (!(found <= SCHEMA_VERSION))
    return wrong('schema', newerSchemaMessage(found), 'the roles of this build end with exit code 2 until then')
  if (underMaintenance)
    return look('schema', 'somebody migrates, restores or backs up the store', 'wait until it is done')
  if (migrated !== null) {
    const says = `a migration from version ${migrated} to ${found} was cut short`
    return wrong('schema', says, 'start the build that began it: it goes on by itself')
  }
  if (found === SCHEMA_VERSION) return fine('schema', `version ${found}, that of this build`)
  const says = `version ${found}, this build makes it version ${SCHEMA_VERSION}`
  return look('schema', says, 'back up before this build starts: npm run backup -- <file>')
}

function workers({ workers: hosts }: StoreFacts): Finding {
  const mend = 'npm start or npm run workers; if they run, see their log'
  if (hosts.length === 0)
    return wrong('workers', 'no worker has given a sign of life for 30 s: no source is read', mend)
  const count = hosts.length === 1 ? 'one host' : `${hosts.length} hosts`
  return fine('workers', `alive on ${count}: ${hosts.slice(0, NAMED).join(', ')}`)
}

function rollUp({ rolledUpAt, rollUpHeld }: StoreFacts, now: number): Finding {
  const held = rollUpHeld ? 'a worker holds its lease' : 'nobody holds its lease'
  const mend = 'start the workers; if they run, see their log for the roll-up'
  if (rolledUpAt === null) return wrong('roll-up', `statuses were never rolled up; ${held}`, mend)
  const ago = Math.max(0, now - rolledUpAt)
  return ago > ROLL_UP_LATE_MS
    ? wrong('roll-up', `statuses stand still since ${span(ago)}; ${held}`, mend)
    : fine('roll-up', `ran ${span(ago)} ago; ${held}`)
}

function head({ headAt }: StoreFacts, now: number): Finding {
  if (headAt === null) return look('events', 'the stream holds none', 'wait for the first reading of the sources')
  const ago = Math.max(0, now - headAt)
  const says = `the newest is ${span(ago)} old`
  const mend = 'see whether sources are read: the lines on workers and sources here'
  return ago > QUIET_MS ? look('events', says, mend) : fine('events', says)
}

/** For whoever sizes Redis: `EVIDENCE_MB` and `IMAGES_MB` of the workers bound them. */
const evidence = ({ evidenceBytes, pictureBytes }: StoreFacts): Finding =>
  fine(
    'evidence',
    `${megabytes(evidenceBytes)} MB of what sources said and ${megabytes(pictureBytes)} MB of pictures are kept`,
  )
const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1)

function sources(all: readonly Source[], now: number): Finding[] {
  if (all.length === 0)
    return [look('sources', 'the store holds none', 'start the workers: they take them from the sources file')]
  const failing = all.filter(({ failures }) => failures >= FAILING)
  const overdue = all.filter(source => isOverdue(source, now))
  const found: Finding[] = []
  if (failing.length > 0) {
    const says = `${failing.length} of ${all.length} fail: ${named(failing, why)}`
    const network = 'the network or DNS of the workers is likely at fault: try curl from where they run'
    const mend =
      'try one: npm run detect -- <address>; behind a proxy or firewall, let the workers out; /sources shows each'
    found.push(failing.length === all.length ? wrong('sources', says, network) : look('sources', says, mend))
  }
  if (overdue.length > 0) {
    const says = `${overdue.length} of ${all.length} were not read in time: ${named(overdue, ({ id }) => id)}`
    found.push(look('sources', says, 'start more workers, or see their log'))
  }
  return found.length > 0 ? found : [fine('sources', `${all.length} are read`)]
}

const isOverdue = ({ nextPollAt, intervalMs, heldUntil, gone }: Source, now: number): boolean =>
  !gone &&
  heldUntil === null &&
  nextPollAt !== null &&
  now - Date.parse(nextPollAt) > LATE_INTERVALS * intervalMs + LATE_MS

const why = ({ id, error, failures }: Source): string => `${id} (${error ?? 'no reason told'}, ${failures} times)`

function named(sources: readonly Source[], name: (source: Source) => string): string {
  const more = sources.length - NAMED
  return sources.slice(0, NAMED).map(name).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
