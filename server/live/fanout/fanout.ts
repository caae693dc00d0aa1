import type { Duplex } from 'node:stream'
import type { Namespace, Server } from 'socket.io'
import { Adapter, type BroadcastOptions, type Room, type SocketId } from 'socket.io-adapter'
import { reachOf } from '../../../shared/domain/channels.ts'
import type { Event } from '../../../shared/domain/events.ts'
import { eventFrames, textFrame, textOf } from './frames.ts'
import { grown, membership } from './membership.ts'
import { type Addressed, bytesOf, framesOf, inParts, type Share, sharing } from './share.ts'
import {
  type Connection,
  gatherWrites,
  isQueued,
  isSending,
  MAX_UNREAD_BYTES,
  onSending,
  onSent,
  roomIn,
  takeWire,
  waitingIn,
} from './wire.ts'

/** The room of all sockets. Not a channel: the grammar has no `@`. */
const EVERYBODY = '@everybody'

export type Fanout = {
  /** For socket.io's option `adapter`, with the main namespace as the only one. */
  Adapter: typeof Adapter
  /** Must be given the engine before the first connection. */
  attach(engine: Server['engine']): void
  /** Sends each event once to every socket in one of its channels, a socket's share in one write. */
  deliver(events: readonly Event[]): void
  gather(conn: Connection): void
  send(id: SocketId, frames: readonly Buffer[]): void
  frameOf(event: Event): Buffer
  /** Waits until a socket has room for more; throws when it reads nothing for 30 s. */
  room(id: SocketId): Promise<void>
}

type Packet = Parameters<Namespace['server']['encoder']['encode']>[0]

/** What is rarely needed of a connection. What each write needs is in arrays by slot. */
type Member = { slot: number; readonly conn: Connection; readonly wire: Duplex }

/** Of a connection that has no socket yet. */
const NO_SLOT = -1

export type FanoutDeps = { onSlow(): void }

/**
 * An adapter of socket.io that frames a message once and writes it straight to every websocket on which nothing waits.
 * On others it takes socket.io's ordinary way, behind what waits, so order holds across the two. Packets that go
 * straight raise no `onAnyOutgoing` and no `packetCreate`. It keeps the rooms itself, once, and does what this
 * server asks for: sockets join and leave, and texts go to rooms. @see https://socket.io/docs/v4/adapter/
 */
export function directFanout({ onSlow }: FanoutDeps): Fanout {
  const memberOf = new WeakMap<Connection, Member>()
  const members = new Map<SocketId, Member>()
  const rooms = membership()
  const shareOut = sharing(rooms)
  const frameOf = eventFrames()
  const bySlot: (Member | undefined)[] = []
  const wires: (Duplex | undefined)[] = []
  /** By slot: 1 while engine.io is sending. */
  let sending = new Int32Array(0)
  /** By slot: bytes of events on the ordinary way since everything was last sent. No more than these can be waiting. */
  let waiting = new Int32Array(0)

  const isClear = (slot: number, wire: Duplex): boolean =>
    sending[slot] === 0 && wire.writableLength === 0 && wire.writable

  function send(slot: number, share: Share): void {
    const wire = wires[slot]
    if (wire === undefined) return
    if (isClear(slot, wire)) wire.write(bytesOf(share))
    else sendBehind(slot, share)
  }

  /** Sends behind what waits. A client for which too much waits is cut. */
  function sendBehind(slot: number, share: Share): void {
    const member = bySlot[slot]
    // One that was cut gets no further parts of what cut it, and is counted once.
    if (member === undefined || member.wire.destroyed) return
    const { conn, wire } = member
    for (const frame of framesOf(share)) conn.write(packetOf(frame))
    const most = (waiting[slot] ?? 0) + share.length
    const now = most > MAX_UNREAD_BYTES ? Math.min(most, waitingIn(conn, wire)) : most
    waiting[slot] = now
    if (now <= MAX_UNREAD_BYTES) return
    // After a regular disconnect the client's library would not reconnect by itself.
    wire.destroy()
    onSlow()
  }

  const spread = (batch: readonly Addressed[]): void => {
    for (const part of inParts(batch)) shareOut(part, send)
  }

  function addMember(namespace: Namespace, id: SocketId): Member | null {
    const conn = namespace.sockets.get(id)?.conn
    const member = conn && memberOf.get(conn)
    if (member === undefined) return null
    if (member.slot !== NO_SLOT) {
      // socket.io closes a connection that asks for a second socket, unless both were asked for at once
      member.wire.destroy()
      return null
    }
    const slot = rooms.enter()
    member.slot = slot
    members.set(id, member)
    bySlot[slot] = member
    wires[slot] = member.wire
    sending = grown(sending, slot + 1)
    waiting = grown(waiting, slot + 1)
    sending[slot] = isSending(member.conn) ? 1 : 0
    waiting[slot] = 0
    rooms.join(slot, EVERYBODY)
    return member
  }

  class DirectAdapter extends Adapter {
    override addAll(id: SocketId, joined: Set<Room>): void {
      const member = members.get(id) ?? addMember(this.nsp, id)
      if (member === null) return
      for (const room of joined) if (room !== id) rooms.join(member.slot, room)
    }

    override del(id: SocketId, room: Room): void {
      const member = members.get(id)
      if (member !== undefined) rooms.leave(member.slot, room)
    }

    override delAll(id: SocketId): void {
      const member = members.get(id)
      if (member === undefined) return
      members.delete(id)
      const { slot } = member
      member.slot = NO_SLOT
      rooms.exit(slot)
      bySlot[slot] = undefined
      wires[slot] = undefined
    }

    override socketRooms(id: SocketId): Set<Room> | undefined {
      const member = members.get(id)
      return member && new Set(rooms.of(member.slot).filter(room => room !== EVERYBODY))
    }

    override broadcast(packet: Packet, { rooms, except, flags }: BroadcastOptions): void {
      const isPlain = !except?.size && Object.keys(flags ?? {}).length === 0
      const namesSockets = [...rooms].some(room => members.has(room))
      const text = isPlain && !namesSockets ? encode(this.nsp, packet) : null
      if (text === null) throw new Error('this adapter sends texts to rooms, without flags and exceptions')
      spread([{ rooms: rooms.size === 0 ? [EVERYBODY] : rooms, frame: textFrame(`4${text}`) }])
    }
  }

  return {
    Adapter: DirectAdapter,
    attach(engine) {
      engine.on('connection', (conn: Connection) => {
        const member = { slot: NO_SLOT, conn, wire: takeWire(conn) }
        memberOf.set(conn, member)
        onSent(conn, () => {
          if (member.slot === NO_SLOT) return
          sending[member.slot] = 0
          waiting[member.slot] = 0
        })
      })
      onSending(engine, conn => {
        const slot = memberOf.get(conn)?.slot ?? NO_SLOT
        if (slot !== NO_SLOT) sending[slot] = 1
      })
    },
    gather(conn) {
      const member = memberOf.get(conn)
      if (member !== undefined) gatherWrites(member.wire)
    },
    deliver: events => spread(events.map(event => ({ rooms: reachOf(event.channels), frame: frameOf(event) }))),
    send(id, frames) {
      const member = members.get(id)
      if (member === undefined) return
      if (!isQueued(member.conn)) member.wire.write(Buffer.concat(frames))
      else for (const frame of frames) member.conn.write(packetOf(frame))
    },
    frameOf,
    async room(id) {
      const member = members.get(id)
      if (member !== undefined) await roomIn(member.conn, member.wire)
    },
  }
}

/** A frame as engine.io's `write` takes it: engine.io adds the first character, its mark of a message, itself. */
const packetOf = (frame: Buffer): string => textOf(frame).slice(1)

/** A packet as text; null when it has attachments, which follow it as messages of their own. */
function encode({ name, server }: Namespace, packet: Packet): string | null {
  const encoded: unknown[] = server.encoder.encode({ ...packet, nsp: name })
  const [text, more] = encoded
  return typeof text === 'string' && more === undefined ? text : null
}
