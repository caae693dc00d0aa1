import type { Applied } from '../../test/simulator/apply.ts'
import type { Served } from '../../test/simulator/routes.ts'
import type { Child } from '../support/child.ts'
import { soon } from '../support/soon.ts'
import type { Change } from './changes.ts'
import type { Arrival, Clients } from './clients.ts'

/** Longer than any source goes unread, in ms: the change was lost. */
const PATIENCE_MS = 20_000

/** The way of one change, in ms. The first three end at instants that were noted in whole ms. */
export type Way = {
  on: string
  /** The response was handed over → the worker has read it. */
  read: number
  /** → Redis has appended the event. */
  commit: number
  /** → the first client has it. */
  deliver: number
  /** → the last client has it. */
  spread: number
  /** All of it. */
  total: number
}

/** Lets a change happen and follows it from the source's response to the last client. */
export async function follow(
  change: Change,
  clients: readonly Child<Clients>[],
  apply: (step: Change['step']) => Applied,
  served: readonly Served[],
): Promise<Way> {
  await Promise.all(clients.map(child => child.ask('expect', change.expected)))
  const applied = apply(change.step)
  const everybody = Promise.all(clients.map(child => child.ask('arrival')))
  const { type, title } = change.expected
  const arrivals = await soon(everybody, PATIENCE_MS, `no ${type} '${title}' at every client`)
  const servedMs = servedAt(served, applied, change.readings)
  return wayOf(change, servedMs, arrivals)
}

function servedAt(served: readonly Served[], { source, revision }: Applied, readings: number): number {
  const showing = served.filter(one => one.source === source && one.status === 200 && one.revision >= revision)
  const telling = showing[readings - 1]
  if (telling === undefined) throw new Error(`${source}: the event came before ${readings} responses that show it`)
  return telling.at
}

function wayOf({ on }: Change, servedMs: number, arrivals: readonly Arrival[]): Way {
  const [{ id, at } = { id: '', at: '' }] = arrivals
  const readMs = Date.parse(at)
  const appendedMs = Number.parseInt(id, 10)
  const firstMs = Math.min(...arrivals.map(arrival => arrival.firstMs))
  const lastMs = Math.max(...arrivals.map(arrival => arrival.lastMs))
  return {
    on,
    read: readMs - servedMs,
    commit: appendedMs - readMs,
    deliver: firstMs - appendedMs,
    spread: lastMs - firstMs,
    total: lastMs - servedMs,
  }
}
