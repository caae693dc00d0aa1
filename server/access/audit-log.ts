import type { Redis } from 'ioredis'
import { z } from 'zod'
import type { AuditAction } from '../../shared/domain/audit.ts'
import { appendAudit } from '../../shared/redis/audit.ts'

export type AuditLogDeps = { redis: Redis; keptDays: number; now: () => number }

export type AuditLog = {
  /** @param about ids and names; whatever is longer is cut */
  note(by: string, what: AuditAction, about: Readonly<Record<string, string>>): Promise<void>
}

/** Where it stands who did what: beside the stream of events, which all who may read are told of. */
export const auditLog = ({ redis, keptDays, now }: AuditLogDeps): AuditLog => ({
  note: (by, what, about) =>
    appendAudit(
      redis,
      { by, what, about: Object.fromEntries(Object.entries(about).map(([name, id]) => [name, id.slice(0, 200)])) },
      { now: now(), keptDays },
    ),
})

/** What a request was about: the names in its path, and the id and name of what was made. Nothing else of an answer. */
export function aboutOf(params: Readonly<Record<string, string>>, answer: unknown): Record<string, string> {
  const made = Object.values(Answer.safeParse(answer).data ?? {})
    .map(value => Made.safeParse(value).data)
    .find(value => value !== undefined)
  return { ...params, ...made }
}

const Answer = z.record(z.string(), z.unknown())
const Made = z
  .object({ id: z.string(), name: z.string().optional() })
  .transform(({ id, name }) => ({ id, ...(name !== undefined && { name }) }))
