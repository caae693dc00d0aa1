import type { Context } from 'koa'
import { z } from 'zod'
import { acknowledgementOf, Handling, Person, type Step } from '../../shared/domain/handling.ts'
import { isEnded } from '../../shared/domain/incident.ts'
import { Instant } from '../../shared/domain/primitives.ts'
import type { ChannelFacts } from '../../shared/domain/snapshot.ts'
import { acknowledgeKey, acknowledgeSecret } from '../../shared/redis/acknowledge-key.ts'
import { handleIncident } from '../../shared/redis/handlings.ts'
import type { Access } from '../access/access.ts'
import type { AuditLog } from '../access/audit-log.ts'
import { bearerToken, sameSecret } from '../http/admission.ts'
import { route } from '../http/route.ts'
import { findIncident, type IncidentDeps } from './incidents.ts'

export type HandlingDeps = IncidentDeps & {
  channelFacts: Pick<ChannelFacts, 'countryOf'>
  adminToken: string | undefined
  viewToken: string | undefined
  access: Pick<Access, 'demand'>
  audit: AuditLog
  now: () => number
}

/** Longer than any shift. */
const MAX_UNTIL_MS = 31 * 86_400_000

const plain = (max: number) =>
  z
    .string()
    .max(2 * max)
    .transform(value => value.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim())
    .pipe(z.string().max(max, `must be at most ${max} characters`))

const Body = z.strictObject({
  what: z.enum(['acknowledged', 'lifted', 'note'], { error: "must be 'acknowledged', 'lifted' or 'note'" }),
  by: plain(80).pipe(Person.min(1, 'must be the name of who does it')),
  text: plain(500).default(''),
  until: Instant.nullable().default(null),
})

export const postHandling = route({
  method: 'post',
  path: '/api/incidents/:source/:id/handling',
  summary: 'Acknowledges an incident, lifts that, or leaves a note for the next shift.',
  details:
    '`{ "what", "by", "text", "until" }`: `what` is `acknowledged`, `lifted` or `note`. With the admin token, the view token, or the key of a link in a message.',
  query: {},
  body: { schema: Body, maxBytes: 4096 },
  answers: { 200: z.object({ handling: Handling }) },
  faults: [401, 403, 404, 409, 503],
  access: 'handle',
  async handle({ ctx, params, body }, deps: HandlingDeps) {
    const { by, stack } = await demandHand(ctx, `${params.source}/${params.id}`, deps)
    const step: Step = await body()
    const incident = await findIncident({ ctx, params }, deps)
    if (stack !== null && !deps.current.stacks.of.incidents(incident).includes(stack))
      ctx.throw(403, `this token is for the stack '${stack}' alone, which this incident does not concern`)
    const now = deps.now()
    const problem = problemOf(step, now)
    if (problem !== null) ctx.throw(400, problem)
    if (step.what === 'acknowledged' && isEnded(incident)) ctx.throw(409, 'the incident is over: leave a note instead')
    const held = acknowledgementOf(deps.current.view.handlings.get(incident.id), incident, now)
    if (step.what === 'lifted' && held === null) ctx.throw(409, 'nobody has acknowledged it: there is nothing to lift')
    const { countryOf } = deps.channelFacts
    const handling = await handleIncident(deps.redis, incident, step, { countryOf, now, onInvalid: deps.onInvalid })
    await deps.audit.note(by, `incident.${step.what}`, { incident: incident.id, person: step.by ?? '' })
    return { handling }
  },
})

function problemOf({ what, text, until }: Step, now: number): string | null {
  if (what === 'note' && text === '') return 'text: must not be empty'
  if (until === null) return null
  if (what !== 'acknowledged') return 'until: belongs to an acknowledgement'
  const ms = Date.parse(until) - now
  return ms <= 0 || ms > MAX_UNTIL_MS ? 'until: must be later than now, and at most 31 days' : null
}

/** Admits whoever has a token of this office, or the key of just this incident. @returns who that is, and for which one stack */
async function demandHand(ctx: Context, id: string, deps: HandlingDeps): Promise<{ by: string; stack: string | null }> {
  const { adminToken, viewToken, access, redis } = deps
  const given = bearerToken(ctx.get('Authorization'))
  if (given !== null && sameSecret(given, acknowledgeKey(await acknowledgeSecret(redis), id)))
    return { by: 'link of a message', stack: null }
  if (adminToken === undefined && viewToken === undefined && given === null)
    ctx.throw(401, 'acknowledging needs a token: set ADMIN_TOKEN of the server, or follow the link of a message')
  return access.demand(ctx, 'handle')
}
