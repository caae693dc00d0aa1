import { io, type Socket } from 'socket.io-client'
import type { Event } from '../../shared/domain/events.ts'
import type { ClientToServer, Reset, ServerToClient } from '../../shared/domain/socket-protocol.ts'

/** A program that follows channels as the documentation tells it to: it names the last event that it saw. */
export type Listener = {
  socket: Socket<ServerToClient, ClientToServer>
  events: Event[]
  resets: Reset[]
  /** How many events had come before each reset. */
  resetsAt: number[]
  /** The last event id that it knows. */
  head(): string | undefined
  close(): void
}

export function listen(url: string, channels: string[], since?: string): Listener {
  const events: Event[] = []
  const resets: Reset[] = []
  const resetsAt: number[] = []
  let head = since
  const socket: Socket<ServerToClient, ClientToServer> = io(url, {
    transports: ['websocket'],
    forceNew: true,
    auth: give => give(head === undefined ? { channels } : { channels, since: head }),
    reconnectionDelay: 50,
    reconnectionDelayMax: 300,
  })
  socket.on('event', event => {
    events.push(event)
    head = event.id
  })
  socket.on('reset', reset => {
    resets.push(reset)
    resetsAt.push(events.length)
    head = reset.snapshot.head
  })
  return { socket, events, resets, resetsAt, head: () => head, close: () => socket.close() }
}
