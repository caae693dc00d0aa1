import type { Redis } from 'ioredis'
import { z } from 'zod'
import { ScreenId, ScreenTask } from '../domain/screen.ts'
import { keys } from './keys.ts'
import { type OnInvalid, parseRecord } from './records.ts'

/**
 * What servers tell each other of screens. All but tasks is in the store, and the message only says where to look again: whoever
 * missed one looks at everything when it is back.
 */
export const BusMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['changed', 'picture', 'admitted', 'withdrawn']), id: ScreenId }),
  /** Another number of screens waits to be admitted. */
  z.object({ kind: z.literal('waiting') }),
  z.object({ kind: z.literal('task'), id: ScreenId, task: ScreenTask, ticket: z.uuid() }),
  z.object({ kind: z.literal('done'), ticket: z.uuid() }),
])
export type BusMessage = z.infer<typeof BusMessage>

/** Tells every server, the own one too. */
export async function publishToServers(redis: Redis, message: BusMessage): Promise<void> {
  await redis.publish(keys.screenBus, JSON.stringify(message))
}

export type BusListener = {
  /** From now on nothing is missed; what was missed before is to be looked up. */
  joined(): void
  message(message: BusMessage): void
}

/** Longer silence than that is broken, so that a connection that hangs is noticed; in ms. */
const PING_INTERVAL_MS = 5_000

/**
 * Listens to what servers tell each other, for as long as the process lives. Pub/sub and not the stream of events: readers follow
 * that one, and a task is of no use later.
 * @param subscriber a connection of its own: Redis allows nothing else on it
 */
export function subscribeToServers(subscriber: Redis, on: BusListener, onInvalid: OnInvalid): { leave(): void } {
  const join = () => void subscriber.subscribe(keys.screenBus).then(on.joined, () => undefined)
  subscriber.on('ready', join)
  if (subscriber.status === 'ready') join()
  subscriber.on('message', (_channel, text) => {
    const message = parseRecord(BusMessage, 'message between servers', keys.screenBus, text, onInvalid)
    if (message) on.message(message)
  })
  const pinging = setInterval(() => void subscriber.ping().catch(() => undefined), PING_INTERVAL_MS)
  return {
    leave() {
      clearInterval(pinging)
      subscriber.disconnect()
    },
  }
}
