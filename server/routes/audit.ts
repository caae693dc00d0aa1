import type { Redis } from 'ioredis'
import { z } from 'zod'
import { AuditEntry } from '../../shared/domain/audit.ts'
import { readAudit } from '../../shared/redis/audit.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import { Paging, pageOf } from '../http/request.ts'
import { adminRoute } from './kinds.ts'

export type AuditDeps = { redis: Redis; onInvalid: OnInvalid }

export const getAudit = adminRoute({
  access: 'admin',
  method: 'get',
  path: '/api/audit',
  summary: 'Who did what: polled, posted, admitted, acknowledged, made or revoked; newest first.',
  details: '`by` is the name of the token. Kept as long as ended incidents, at most 20,000 entries.',
  query: { ...Paging },
  answers: { 200: z.object({ entries: z.array(AuditEntry), next: z.string().nullable() }) },
  cache: 'no-store',
  async handle({ query }, { redis, onInvalid }: AuditDeps) {
    const { items, next } = pageOf(await readAudit(redis, onInvalid), ({ at }) => at, query)
    return { entries: items, next }
  },
})
