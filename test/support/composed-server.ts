import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Koa from 'koa'
import { openLimit } from '../../server/http/admission.ts'
import { errorsAsJson } from '../../server/http/app.ts'
import { baseUrl } from '../../server/http/base-url.ts'
import { type MappedHosts, mapHosts } from '../../server/http/mapped-hosts.ts'
import { routerOf } from '../../server/http/route.ts'
import { currentState } from '../../server/live/current.ts'
import { snapshotCache } from '../../server/live/snapshot.ts'
import { serveSockets } from '../../server/live/sockets.ts'
import { serveStreams } from '../../server/live/streams.ts'
import { startTail } from '../../server/live/tail.ts'
import { tell } from '../../server/live/tell.ts'
import { getArticles } from '../../server/routes/articles.ts'
import { getCalendar } from '../../server/routes/calendar.ts'
import { getEvents, getStream } from '../../server/routes/events.ts'
import { getIncidents } from '../../server/routes/incidents.ts'
import { getOEmbed } from '../../server/routes/oembed.ts'
import { getFeed } from '../../server/routes/outward.ts'
import { getSnapshot } from '../../server/routes/snapshot.ts'
import { getStack, getStacks } from '../../server/routes/stacks.ts'
import { statuspageRoutes } from '../../server/routes/statuspages.ts'
import { badgeRoutes, frameRoutes, incidentFrameRoute } from '../../server/routes/subjects.ts'
import type { Service, ServiceId } from '../../shared/domain/service.ts'
import { connectRedis } from '../../shared/redis/connect.ts'
import { type Catalogue, countryOf } from '../../shared/regions/catalogue.ts'
import { minutesAgo, NOON } from './builders.ts'
import { namesOf } from './names.ts'
import { refuse } from './redis-of-file.ts'
import { type TemporaryRedis, until } from './temporary-redis.ts'
import { testAccess } from './test-access.ts'

export type World = {
  catalogue: Catalogue
  services: ReadonlyMap<ServiceId, Pick<Service, 'id' | 'name' | 'scope' | 'under' | 'isBroad'>>
  vendors: ReadonlyMap<string, { name: string }>
  hosts?: MappedHosts
}

/** Sockets, streams and routes on a store, composed as in `server/main.ts`, at noon and with a world of the test's own. */
export async function composedServer(
  store: TemporaryRedis,
  { catalogue, services, vendors, hosts = new Map() }: World,
) {
  const quiet = { info: () => undefined, warn: () => undefined }
  const redis = connectRedis(store.target, 'test', quiet)
  const blocked = connectRedis(store.target, 'tail', quiet)
  const current = currentState({ services, dependencies: () => [], siteOf: () => null })
  const free = () => ({ ok: true as const, value: true as const })
  const heartbeat = { workersAt: minutesAgo(0) }
  const now = () => NOON
  const common = {
    ...namesOf(current, { catalogue, services, vendors, countryOf: countryOf(catalogue) }),
    countryOf: countryOf(catalogue),
    redis,
    current,
    catalogue,
    countRequest: async () => undefined,
    snapshot: snapshotCache({ current, catalogue, build: 'b', heartbeat, now }),
    pulse: () => ({ at: minutesAgo(0), head: current.view.head, workersAt: null, comeBackWithinMs: 1_000 }),
    viewToken: undefined,
    access: testAccess(redis),
    allowedOrigins: [],
    isKnownHost: () => true,
    trustedProxies: 0,
    connections: free,
    open: openLimit(0),
    wrongTokens: { limit: free, trustedProxies: 0 },
    onResume: () => undefined,
    now: Date.now,
    log: quiet,
    onInvalid: refuse,
  }
  const streams = serveStreams({ ...common, random: Math.random })
  const routes = [
    ...[getEvents, getStream, getSnapshot, getIncidents, getArticles, getStacks, getStack, getFeed],
    ...[getCalendar, getOEmbed, incidentFrameRoute, ...badgeRoutes, ...frameRoutes, ...statuspageRoutes],
  ]
  const router = routerOf(
    routes,
    {
      ...common,
      streams,
      keptDays: 90,
      base: () => 'https://status.example.com',
      reached: baseUrl(undefined, 0),
      basePath: '',
      facts: () => ({
        view: current.view,
        catalogue,
        workersAt: heartbeat.workersAt,
        now: now(),
        stackFacts: current.stacks.facts,
        names: { services, vendors },
      }),
    },
    { strict: false },
  )
  const http = createServer(new Koa().use(errorsAsJson).use(mapHosts(hosts)).use(router.routes()).callback()).listen(
    0,
    '127.0.0.1',
  )
  await once(http, 'listening')
  const live = serveSockets({
    ...common,
    http,
    screens: { serve: () => undefined },
    build: 'b',
    direct: true,
    onFlood: () => undefined,
    onSlow: () => undefined,
  })
  const followers = [live, streams]
  const tail = startTail({
    blocked,
    onView: (view, newest) => current.replace(view, newest),
    onEvents: events => tell(events, current, followers),
    log: quiet,
    onInvalid: refuse,
  })
  await until(() => current.loaded, 'the view')
  const { port } = http.address() as AddressInfo // it listens on a port, not on a socket
  return {
    url: `http://127.0.0.1:${port}`,
    current,
    connected: () => live.connected() + streams.connected(),
    pulse() {
      for (const one of followers) one.pulse()
    },
    async close() {
      await tail.stop()
      await streams.close()
      const closed = live.close()
      http.closeAllConnections()
      await closed
      redis.disconnect()
    },
  }
}
