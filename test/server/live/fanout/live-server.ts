import { once } from 'node:events'
import { createServer } from 'node:http'
import { Redis } from 'ioredis'
import { openLimit } from '../../../../server/http/admission.ts'
import { currentState } from '../../../../server/live/current.ts'
import { snapshotCache } from '../../../../server/live/snapshot.ts'
import { serveSockets } from '../../../../server/live/sockets.ts'
import { tell } from '../../../../server/live/tell.ts'
import type { Event } from '../../../../shared/domain/events.ts'
import type { Incident } from '../../../../shared/domain/incident.ts'
import { emptyView, type View } from '../../../../shared/domain/view.ts'
import { incident, minutesAgo } from '../../../support/builders.ts'
import { namesOf } from '../../../support/names.ts'
import { testAccess } from '../../../support/test-access.ts'

/** The sockets as `server/main.ts` composes them, on a port of their own and with events that the test makes. */
export async function liveServer(direct: boolean, { loaded = true } = {}) {
  const http = createServer().listen(0, '127.0.0.1')
  await once(http, 'listening')
  const address = http.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const current = currentState()
  if (loaded) current.replace(emptyView())
  const catalogue = { providers: new Map(), regions: new Map() }
  const told: Event[] = []
  let slow = 0
  const redis = new Redis({ lazyConnect: true }) // all that is asked for stands in memory
  const live = serveSockets({
    http,
    redis,
    screens: { serve: () => undefined },
    current,
    snapshot: snapshotCache({ current, catalogue, build: 'b', heartbeat: { workersAt: null }, now: Date.now }),
    pulse: () => ({ at: minutesAgo(0), head: current.view.head, workersAt: null, comeBackWithinMs: 1_000 }),
    ...namesOf(current, { vendors: new Set(['aws', 'azure']) }),
    build: 'b',
    access: testAccess(redis),
    allowedOrigins: [],
    isKnownHost: () => true,
    trustedProxies: 0,
    connections: () => ({ ok: true, value: true }),
    open: openLimit(0),
    wrongTokens: { limit: () => ({ ok: true, value: true }), trustedProxies: 0 },
    direct,
    onFlood: () => undefined,
    onSlow: () => void slow++,
    onResume: () => undefined,
    now: Date.now,
    log: { info: () => undefined, warn: () => undefined },
    onInvalid: () => undefined,
  })
  return {
    live,
    http,
    current,
    url: `http://127.0.0.1:${address.port}`,
    /** All events so far. */
    told,
    slow: () => slow,
    /** What the tail does with a batch. */
    tell(...batch: { channels: string[]; text?: string }[]) {
      const events = batch.map(
        ({ channels, text = '' }, n): Event => ({
          id: `1-${told.length + n + 1}`,
          type: 'source.removed',
          at: minutesAgo(0),
          channels,
          data: { id: text },
        }),
      )
      told.push(...events)
      tell(events, current, [live])
    },
  }
}

/** A view with an incident that counts how often it is written as JSON. */
export function countedView(head: string): { view: View; encodings: () => number } {
  let encodings = 0
  const counted = { ...incident('s/one', { provider: 'aws' }) }
  Object.defineProperty(counted, 'toJSON', {
    value(this: Incident) {
      encodings += 1
      return { ...this }
    },
  })
  return { view: { ...emptyView(), head, incidents: new Map([[counted.id, counted]]) }, encodings: () => encodings }
}
