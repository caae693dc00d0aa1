import type { Redis } from 'ioredis'
import { z } from 'zod'
import { ascending } from '../../shared/domain/order.ts'
import type { Tells } from '../../shared/domain/private-words.ts'
import { Source, SourceKind, sourceState, sourceStates } from '../../shared/domain/source.ts'
import { keys } from '../../shared/redis/keys.ts'
import { type OnInvalid, parseHash } from '../../shared/redis/records.ts'
import { Name } from '../http/request.ts'
import type { Current } from '../live/current.ts'
import { adminRoute, stateRoute } from './kinds.ts'

export type SourceDeps = {
  /** All sources, true to the second: see `freshSources`. */
  sources: () => Promise<ReadonlyMap<string, Source>>
  /** Unset: `POST /api/sources/:id/poll` does not exist. */
  adminToken: string | undefined
}

export const getSources = stateRoute({
  path: '/api/sources',
  summary: 'Sources and how they do.',
  query: {
    provider: Name.optional(),
    kind: SourceKind.optional(),
    state: z.enum([...sourceStates, 'all']).default('all'),
  },
  answer: { canPollNow: z.boolean(), sources: z.array(Source) },
  async handle({ query }, { sources, adminToken }: SourceDeps) {
    const found = [...(await sources()).values()].filter(
      source =>
        (query.provider === undefined || source.provider === query.provider) &&
        (query.kind === undefined || source.kind === query.kind) &&
        (query.state === 'all' || query.state === sourceState(source)),
    )
    return { canPollNow: adminToken !== undefined, sources: found.sort(ascending('id')) }
  },
})

export const getSource = stateRoute({
  path: '/api/sources/:id',
  summary: 'A source.',
  answer: { canPollNow: z.boolean(), source: Source },
  faults: [404],
  async handle({ ctx, params: { id } }, { sources, adminToken }: SourceDeps) {
    const source = (await sources()).get(id) ?? ctx.throw(404, noSource(id))
    return { canPollNow: adminToken !== undefined, source }
  },
})

export type PollNowDeps = { current: Current; pollNow(source: string): Promise<void> }

export const pollSource = adminRoute({
  access: 'operate',
  audit: 'source.polled',
  method: 'post',
  path: '/api/sources/:id/poll',
  summary: 'Makes a source due at once.',
  answers: { 202: z.object({ id: z.string(), due: z.literal('now') }) },
  async handle({ ctx, params: { id } }, { current, pollNow }: PollNowDeps) {
    if (!current.view.sources.has(id)) ctx.throw(404, noSource(id))
    await pollNow(id)
    return { id, due: 'now' }
  },
})

const noSource = (id: string): string => `there is no source '${id.slice(0, 64)}': GET /api/sources lists them`

/** How long one reading of the sources serves all who ask, in ms. */
const REUSE_MS = 1_000

export type FreshSourcesDeps = {
  redis: Redis
  /** The sources as of the last events: the answer while Redis is away. */
  fromEvents: () => ReadonlyMap<string, Source>
  tells: Tells
  now: () => number
  log: { debug(fields: object, message: string): void }
  onInvalid: OnInvalid
}

/** All sources as stored: the last reading is true to the second, while events carry health only when it matters. */
export function freshSources(deps: FreshSourcesDeps): () => Promise<ReadonlyMap<string, Source>> {
  let reading: Promise<ReadonlyMap<string, Source>> | undefined
  let readAt = 0
  const read = () =>
    deps.redis.hgetall(keys.sources).then(
      hash => new Map([...parseHash(Source, 'source', hash, deps.onInvalid)].filter(([, one]) => deps.tells(one))),
      error => {
        deps.log.debug({ error: String(error) }, 'the sources could not be read; the answer is as of the last events')
        return deps.fromEvents()
      },
    )
  return () => {
    if (reading === undefined || deps.now() - readAt >= REUSE_MS || deps.now() < readAt) {
      readAt = deps.now()
      reading = read()
    }
    return reading
  }
}
