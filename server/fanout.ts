import type { Namespace } from 'socket.io'
import { Adapter, type BroadcastOptions, type Room, type SocketId } from 'socket.io-adapter'
import type { Event } from '../shared/domain/events.ts'
import { type Connection, cut, type DirectLine, directLine, isClear, roomIn, waitingIn } from './fanout/direct-line.ts'
import { eventFrames } from './fanout/event-frames.ts'
import { membership, newSeat, type Seat } from './fanout/membership.ts'
import { type Addressed, bytesOf, framesOf, type Share, shareOut } from './fanout/share.ts'
import { textFrame, textOf } from './fanout/text-frame.ts'

/** What may wait for a client that does not read, in bytes; then it is cut, and resumes when it comes again. */
const MOST_WAITING = 1024 * 1024
/** Frames that go out in one write, in bytes: enough to save writes, little enough to be shared memory for a moment only. */
const MOST_AT_ONCE = 64 * 1024
/** Everybody is in it. Not a channel: the grammar has no `@`. */
const EVERYBODY = '@everybody'

export type Fanout = {
  /** For socket.io's option `adapter`, with the main namespace as the only one. */
  Adapter: typeof Adapter
  /** Must be told of every connection as soon as engine.io has made it. */
  connected(conn: Connection): void
  /** Sends each event once to everybody who is in one of its channels: what one socket gets of them, in one write. */
  deliver(events: readonly Event[]): void
  /** Sends frames to one socket, behind all that it was sent before. */
  send(id: SocketId, frames: readonly Buffer[]): void
  /** An event as it goes over the wire. */
  frameOf(event: Event): Buffer
  /** Waits until a socket has room for more; throws when it reads nothing for 30 s. */
  room(id: SocketId): Promise<void>
}

type Packet = Parameters<Namespace['server']['encoder']['encode']>[0]

type Member = Seat & {
  readonly line: DirectLine
  share: Share | null
  /** Bytes of events sent since nothing waited: never less than what of them waits now. */
  waiting: number
}

export type FanoutDeps = {
  /** A client was cut because it does not read. */
  onSlow(): void
}

/**
 * An adapter of socket.io that encodes and frames a message once and writes the frame straight to every websocket on which
 * nothing waits. All others take socket.io's ordinary way, behind what waits, so order holds across the two. What socket.io
 * tells of single packets (`onAnyOutgoing`, `packetCreate`) is not told of those that go straight.
 * @see https://socket.io/docs/v4/adapter/
 */
export function directFanout({ onSlow }: FanoutDeps): Fanout {
  const lines = new WeakMap<Connection, DirectLine>()
  const members = new Map<SocketId, Member>()
  const rooms = membership<Member>()
  const frameOf = eventFrames()

  function give(member: Member, share: Share): void {
    const { line } = member
    if (isClear(line)) {
      line.wire.write(bytesOf(share))
      member.waiting = 0
      return
    }
    // engine.io's message mark, which is the first character of each text, is engine.io's to put there
    for (const frame of framesOf(share)) line.conn.write(textOf(frame).slice(1))
    member.waiting += share.length
    if (member.waiting > MOST_WAITING) member.waiting = Math.min(member.waiting, waitingIn(line))
    if (member.waiting <= MOST_WAITING) return
    cut(line)
    onSlow()
  }

  function spread(batch: readonly Addressed[]): void {
    for (const part of parts(batch)) {
      for (const member of shareOut(part, rooms)) {
        const { share } = member
        member.share = null
        if (share !== null) give(member, share)
      }
    }
  }

  class DirectAdapter extends Adapter {
    override addAll(id: SocketId, joined: Set<Room>): void {
      super.addAll(id, joined)
      const member = members.get(id) ?? seat(this.nsp, id)
      if (member === null) return
      for (const room of joined) if (room !== id) rooms.join(member, room)
    }

    override del(id: SocketId, room: Room): void {
      super.del(id, room)
      const member = members.get(id)
      if (member !== undefined) rooms.leave(member, room)
    }

    override delAll(id: SocketId): void {
      super.delAll(id)
      const member = members.get(id)
      if (member !== undefined) rooms.leaveAll(member)
      members.delete(id)
    }

    /** What only some may get, or in another way than usual, is left to socket.io. */
    override broadcast(packet: Packet, options: BroadcastOptions): void {
      const usual = !options.except?.size && Object.keys(options.flags ?? {}).length === 0
      const named = [...options.rooms].some(room => members.has(room))
      const text = usual && !named ? encode(this.nsp, packet) : null
      if (text === null) super.broadcast(packet, options)
      else spread([{ rooms: options.rooms.size === 0 ? [EVERYBODY] : options.rooms, frame: textFrame(`4${text}`) }])
    }
  }

  function seat(namespace: Namespace, id: SocketId): Member | null {
    const conn = namespace.sockets.get(id)?.conn
    const line = conn && lines.get(conn)
    if (line === undefined) return null
    const member = { ...newSeat(), line, share: null, waiting: 0 }
    members.set(id, member)
    rooms.join(member, EVERYBODY)
    return member
  }

  return {
    Adapter: DirectAdapter,
    connected: conn => void lines.set(conn, directLine(conn)),
    deliver: events => spread(events.map(event => ({ rooms: event.channels, frame: frameOf(event) }))),
    send(id, frames) {
      const member = members.get(id)
      if (member === undefined) return
      if (isClear(member.line)) member.line.wire.write(frames.length === 1 ? (frames[0] ?? '') : Buffer.concat(frames))
      else for (const frame of frames) member.line.conn.write(textOf(frame).slice(1))
    },
    frameOf,
    async room(id) {
      const member = members.get(id)
      if (member !== undefined) await roomIn(member.line)
    },
  }
}

/** A packet as text; null when it has attachments, which follow it as messages of their own. */
function encode({ name, server }: Namespace, packet: Packet): string | null {
  const encoded: unknown[] = server.encoder.encode({ ...packet, nsp: name })
  const [text, more] = encoded
  return typeof text === 'string' && more === undefined ? text : null
}

/** A batch in parts of at most `MOST_AT_ONCE` bytes; a frame that is larger is a part of its own. */
function parts(batch: readonly Addressed[]): Addressed[][] {
  const all: Addressed[][] = []
  let part: Addressed[] = []
  let bytes = 0
  for (const one of batch) {
    if (part.length > 0 && bytes + one.frame.length > MOST_AT_ONCE) {
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
