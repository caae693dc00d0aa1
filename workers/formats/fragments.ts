import type { RecordId } from '../../shared/domain/primitives.ts'

/** The parts of an answer that say one incident, the newest first: JSON values, or the XML of items. */
export type Fragment = {
  parts: readonly unknown[]
  /** They are in the answer of the reader's second address. */
  isSecond: boolean
}

/**
 * Values → the parts of the answer that they were read from. Beside the values and not in them, because schemas,
 * comparisons and the store know only what our records hold.
 */
const origins = new WeakMap<object, Fragment>()

/** Notes what a value was read from: parts of the answer, or values that were noted before. Returns the value. */
export function noteOrigin<T>(value: T, ...from: readonly unknown[]): T {
  if (!isObject(value)) return value
  const fragments = from.map(one => (isObject(one) && origins.get(one)) || { parts: [one], isSecond: false })
  origins.set(value, {
    parts: fragments.flatMap(({ parts }) => parts),
    isSecond: fragments.some(({ isSecond }) => isSecond),
  })
  return value
}

/** Notes that values were read from the answer of the reader's second address. */
export function noteSecond(values: readonly object[]): void {
  for (const value of values) origins.set(value, { parts: origins.get(value)?.parts ?? [], isSecond: true })
}

export const hasOrigin = (value: unknown): boolean => isObject(value) && origins.has(value)

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Entries of an answer → their records; an entry may have none. Each record comes from its entry. */
export const readOrigins = <T, R>(entries: readonly T[], read: (entry: T) => R | null): R[] =>
  entries.flatMap(entry => {
    const record = read(entry)
    return record === null ? [] : [hasOrigin(record) ? record : noteOrigin(record, entry)]
  })

export const fragmentsOf = (records: readonly { id: RecordId }[]): Map<RecordId, Fragment> =>
  new Map(
    records.flatMap(record => {
      const fragment = origins.get(record)
      return fragment === undefined ? [] : [[record.id, fragment]]
    }),
  )

/** Of the text of a fragment, in bytes of UTF-8. */
export const MAX_FRAGMENT_BYTES = 16 * 1024

/**
 * A fragment as text. What is too long is cut and says so: the middle of long members of an object, and the oldest
 * parts. So what identifies the incident stays, and the newest words, at whichever end of its list a source writes them.
 * @param strike strikes out secrets; before the cut, which might leave a half of one
 */
export function textOfFragment({ parts }: Fragment, strike: (text: string) => string): string {
  const [newest, ...older] = parts
  let text =
    isObject(newest) && !Array.isArray(newest) ? textOfObject(newest, strike) : cut(strike(textOf(newest)), ROOM)
  for (const [index, part] of older.entries()) {
    const next = strike(textOf(part))
    if (bytesIn(text) + bytesIn(next) + 1 > ROOM) return `${text}\n[${older.length - index} older parts left out]`
    text += `\n${next}`
  }
  return text
}

const MARKER_BYTES = 64
/** Less the marker of older parts. */
const ROOM = MAX_FRAGMENT_BYTES - MARKER_BYTES

const textOf = (part: unknown): string => (typeof part === 'string' ? part : (JSON.stringify(part) ?? ''))

function textOfObject(value: object, strike: (text: string) => string): string {
  const members = Object.entries(value).map(([key, member]) => strike(`${JSON.stringify(key)}:${textOfMember(member)}`))
  const most = fairShare(members.map(bytesIn), ROOM - members.length - 1)
  return cut(`{${members.map(member => cut(member, most)).join(',')}}`, ROOM)
}

const textOfMember = (member: unknown): string => JSON.stringify(member) ?? 'null'

/** The most that each of several sizes may have, so that all together fit into a room: small ones stay whole. */
function fairShare(sizes: readonly number[], room: number): number {
  let left = room
  for (const [index, size] of sizes.toSorted((a, b) => a - b).entries()) {
    const share = Math.floor(left / (sizes.length - index))
    if (size > share) return share
    left -= size
  }
  return room
}

/** A text of at most `max` bytes: its begin and its end, and between them how much is left out. */
function cut(text: string, max: number): string {
  const bytes = Buffer.from(text)
  if (bytes.length <= max) return text
  const half = Math.max(0, Math.floor((max - MARKER_BYTES) / 2))
  const head = bytes.subarray(0, boundary(bytes, half))
  const tail = bytes.subarray(boundary(bytes, bytes.length - half))
  return `${head} [… ${bytes.length - head.length - tail.length} bytes left out …] ${tail}`
}

/** The last boundary between two characters at or before an index. */
function boundary(bytes: Buffer, index: number): number {
  let at = index
  while (at > 0 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at -= 1
  return at
}

const bytesIn = (text: string): number => Buffer.byteLength(text)
