import type { Membership, Seat } from './membership.ts'

/** What somebody gets of a batch. Those who get the same hold the same share, so its bytes are put together once. */
export type Share = {
  readonly before: Share | null
  readonly frame: Buffer
  /** Of all frames up to this one. */
  readonly length: number
  /** The share with one frame more, and which frame of the batch that is: the others of this share get the same. */
  more: { nth: number; share: Share } | null
  joined: Buffer | null
}

/** A frame, and the rooms whose members get it. */
export type Addressed = { rooms: Iterable<string>; frame: Buffer }

export type Sharing = Seat & { share: Share | null }

/** Gives everybody a share of the batch: every frame of one of its rooms once, in order. Returns those who got one. */
export function shareOut<M extends Sharing>(batch: readonly Addressed[], members: Membership<M>): M[] {
  const touched: M[] = []
  batch.forEach(({ rooms, frame }, nth) => {
    const alone = shareAfter(null, frame)
    members.each(rooms, member => {
      const { share } = member
      if (share === null) {
        member.share = alone
        touched.push(member)
      } else {
        if (share.more?.nth !== nth) share.more = { nth, share: shareAfter(share, frame) }
        member.share = share.more.share
      }
    })
  })
  return touched
}

const shareAfter = (before: Share | null, frame: Buffer): Share => ({
  before,
  frame,
  length: (before?.length ?? 0) + frame.length,
  more: null,
  joined: null,
})

/** The frames of a share, oldest first. */
export function framesOf(share: Share): Buffer[] {
  const frames: Buffer[] = []
  for (let at: Share | null = share; at !== null; at = at.before) frames.push(at.frame)
  return frames.reverse()
}

/** All of a share in one piece. */
export function bytesOf(share: Share): Buffer {
  if (share.before === null) return share.frame
  share.joined ??= Buffer.concat(framesOf(share), share.length)
  return share.joined
}
