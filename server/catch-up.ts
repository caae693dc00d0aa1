import type { EventId, Reset } from '../shared/domain/events.ts'
import { type ResumeDeps, type Resuming, resume } from './resume.ts'

export type CatchingUp = Resuming & {
  /** Gives the client a snapshot to start anew from; returns its head. */
  reset(reason: Reset['reason']): EventId
}

/**
 * Brings a client to the present and lets it go live: from the last event that it saw, or from now on where it names none.
 * Every client, whatever its transport, gets each event once, in order, or a reset and everything after that.
 */
export async function catchUp(
  since: EventId | undefined,
  deps: ResumeDeps,
  client: CatchingUp,
): Promise<'live' | 'resumed' | 'reset'> {
  if (since === undefined) {
    client.goLive()
    return 'live'
  }
  const end = await resume(since, deps, client)
  if (end === 'resumed') return 'resumed'
  await startAnew(end, deps, client)
  return 'reset'
}

/** A snapshot, and what happened after it: the one that is given may be a moment old. */
export async function startAnew(reason: Reset['reason'], deps: ResumeDeps, client: CatchingUp): Promise<void> {
  for (let end: Reset['reason'] | 'resumed' = reason; end !== 'resumed'; ) {
    const head = client.reset(end)
    await client.room?.()
    end = await resume(head, deps, client)
  }
}
