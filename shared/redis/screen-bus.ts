import type { Redis } from 'ioredis'
import { z } from 'zod'
import { ScreenId, ScreenTask } from '../domain/screen.ts'
import { keys } from './keys.ts'
import { type OnInvalid, parseRecord } from './records.ts'

/**
 * Messages between servers about screens, and about whose keys and tokens are valid. All but tasks is in the store, and a message only says what to read again. A
 * server that missed messages reads everything after it reconnects.
 */
export const BusMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['changed', 'picture', 'admitted', 'withdrawn']), id: ScreenId }),
  z.object({ kind: z.enum(['waiting', 'access']) }),
  z.object({ kind: z.literal('task'), id: ScreenId, task: ScreenTask, ticket: z.uuid() }),
  z.object({ kind: z.literal('done'), ticket: z.uuid() }),
])
export type BusMessage = z.infer<typeof BusMessage>

export async function publishToServers(redis: Redis, message: BusMessage): Promise<void> {
  await redis.publish(keys.screenBus, JSON.stringify(message))
}

export type BusListener = {
  /** Messages arrive from now on; read again what was missed before. */
  subscribed(): void
  message(message: BusMessage): void
}

/** How often the connection is pinged, so that a hung one is noticed. */
const PING_INTERVAL_MS = 5_000

/**
 * Subscribes to the messages between servers. Not the event stream: clients read that, and a late task is useless.
 * @param subscriber a connection of its own, as Redis allows no other commands on it
 */
export function subscribeToServers(subscriber: Redis, on: BusListener, onInvalid: OnInvalid): { leave(): void } {
  const join = () => void subscriber.subscribe(keys.screenBus).then(on.subscribed, () => undefined)
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
