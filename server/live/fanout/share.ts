import { append, emptyList, grown, type Membership } from './membership.ts'

/** Frames that go out in one write: enough to save writes, little enough for each share to be joined separately. */
const MAX_WRITE_BYTES = 64 * 1024

/** What a member gets of a batch. Members that get the same hold the same share, so its bytes are joined once. */
export type Share = {
  readonly before: Share | null
  readonly frame: Buffer
  /** Of all frames up to this one. */
  readonly length: number
  /** The share with one frame more, and which frame of the batch that is: the same for all members of this share. */
  more: { nth: number; number: number } | null
  joined: Buffer | null
}

export type Addressed = { rooms: Iterable<string>; frame: Buffer }

/** Calls `send` for each member of a batch's rooms with its share: every frame of one of its rooms once, in order. */
export type ShareOut = (batch: readonly Addressed[], send: (slot: number, share: Share) => void) => void

export function sharing(members: Pick<Membership, 'each'>): ShareOut {
  /** By slot: the number of its share in the present batch, counted from 1; 0 is none. */
  let holds = new Int32Array(0)
  const touched = emptyList()

  return (batch, send) => {
    const shares: Share[] = []
    const add = (before: Share | null, frame: Buffer): number =>
      shares.push({ before, frame, length: (before?.length ?? 0) + frame.length, more: null, joined: null })

    batch.forEach(({ rooms, frame }, nth) => {
      const alone = add(null, frame)
      members.each(rooms, slot => {
        if (slot >= holds.length) holds = grown(holds, slot + 1)
        const held = shares[(holds[slot] ?? 0) - 1]
        if (held === undefined) {
          holds[slot] = alone
          append(touched, slot)
        } else {
          if (held.more?.nth !== nth) held.more = { nth, number: add(held, frame) }
          holds[slot] = held.more.number
        }
      })
    })

    const { length } = touched
    touched.length = 0
    for (let n = 0; n < length; n++) {
      const slot = touched.slots[n] ?? 0
      const share = shares[(holds[slot] ?? 0) - 1]
      holds[slot] = 0
      if (share !== undefined) send(slot, share)
    }
  }
}

export function framesOf(share: Share): Buffer[] {
  const frames: Buffer[] = []
  for (let at: Share | null = share; at !== null; at = at.before) frames.push(at.frame)
  return frames.reverse()
}

export function bytesOf(share: Share): Buffer {
  if (share.before === null) return share.frame
  share.joined ??= Buffer.concat(framesOf(share), share.length)
  return share.joined
}

/** A batch in parts of at most `MAX_WRITE_BYTES` bytes; a frame that is larger is a part of its own. */
export function inParts(batch: readonly Addressed[]): Addressed[][] {
  const all: Addressed[][] = []
  let part: Addressed[] = []
  let bytes = 0
  for (const one of batch) {
    if (part.length > 0 && bytes + one.frame.length > MAX_WRITE_BYTES) {
      all.push(part)
      part = []
      bytes = 0
    }
    part.push(one)
    bytes += one.frame.length
  }
  if (part.length > 0) all.push(part)
  return all
}
