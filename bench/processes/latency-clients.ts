import type { Event } from '../../shared/domain/events.ts'
import { type Listener, listen } from '../../test/support/listener.ts'
import { answerCommands } from '../support/child.ts'

export type Expected = { type: Event['type']; title: string }

/** When an event reached the first and the last client, in ms since the epoch. */
export type Arrival = { id: string; at: string; firstMs: number; lastMs: number }

export type LatencyClients = {
  connect(to: { url: string; clients: number }): Promise<void>
  expect(expected: Expected): void
  arrival(): Promise<Arrival>
}

const listeners: Listener[] = []
let expected: Expected | undefined
let missing = new Set<Listener>()
let arrival: Promise<Arrival> | undefined
let arrived: (arrival: Arrival) => void = () => {}
let firstMs = 0

function onEvent(listener: Listener, event: Event): void {
  const now = performance.timeOrigin + performance.now()
  if (expected === undefined || event.type !== expected.type) return
  if (!('title' in event.data && event.data.title.includes(expected.title))) return
  if (missing.size === listeners.length) firstMs = now
  if (missing.delete(listener) && missing.size === 0) arrived({ id: event.id, at: event.at, firstMs, lastMs: now })
}

const commands: LatencyClients = {
  async connect({ url, clients }) {
    for (let client = 0; client < clients; client++) {
      const listener = listen(url, ['all'])
      listener.socket.on('event', event => onEvent(listener, event))
      await new Promise<void>(resolve => listener.socket.once('connect', resolve))
      listeners.push(listener)
    }
  },
  expect(next) {
    expected = next
    missing = new Set(listeners)
    arrival = new Promise(resolve => {
      arrived = resolve
    })
  },
  arrival: () => arrival ?? Promise.reject(new Error('nothing is expected')),
}
answerCommands(commands)
