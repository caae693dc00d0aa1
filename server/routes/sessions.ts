import type { Redis } from 'ioredis'
import { z } from 'zod'
import { hasExpired, personName, Session, TokenId } from '../../shared/domain/access.ts'
import { ascending } from '../../shared/domain/order.ts'
import { revokeKeysOf } from '../../shared/redis/channel-keys.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import { listSessions, readSession, removeSession } from '../../shared/redis/sessions.ts'
import type { ScreenController } from '../screens/screen-controller.ts'
import { adminRoute } from './kinds.ts'

export type SessionDeps = {
  redis: Redis
  screens: Pick<ScreenController, 'announce'>
  now: () => number
  onInvalid: OnInvalid
}

export const getSessions = adminRoute({
  access: 'admin',
  method: 'get',
  path: '/api/sessions',
  summary: 'The people who are signed in, by their names.',
  details: 'Each with its role, since when and until when.',
  query: {},
  answers: { 200: z.object({ sessions: z.array(Session) }) },
  cache: 'no-store',
  async handle(_, { redis, now, onInvalid }: SessionDeps) {
    const open = [...(await listSessions(redis, onInvalid)).values()]
      .filter(session => !hasExpired(session, now()))
      .map(({ digest: _, ...session }) => session)
    return { sessions: open.sort(ascending('name')) }
  },
})

export const deleteSession = adminRoute({
  access: 'admin',
  audit: 'session.ended',
  method: 'delete',
  path: '/api/sessions/:id',
  summary: 'Signs a person out.',
  details: 'What is open with the session is cut on every server, and keys that the person asked for are revoked.',
  query: {},
  answers: { 204: null },
  async handle({ ctx, params }, { redis, screens, onInvalid }: SessionDeps) {
    const id = TokenId.safeParse(params.id)
    const session = id.success ? await readSession(redis, id.data, onInvalid) : undefined
    if (session === undefined || !(await removeSession(redis, session.id)))
      return ctx.throw(404, `there is no session '${params.id.slice(0, 40)}': GET /api/sessions lists them`)
    await revokeKeysOf(redis, personName(session), onInvalid)
    await screens.announce({ kind: 'access' })
  },
})
