import { z } from 'zod'
import { DeadLetter, Delivery, LaneTrouble } from '../../shared/domain/delivery.ts'
import type { AdminAccess } from '../live/admin-access.svelte.ts'
import type { Words } from '../words/en/page.ts'

const Deliveries = z.object({
  targets: z.array(
    z.object({ id: z.string(), kind: z.string().nullable(), waiting: z.number(), trouble: LaneTrouble.nullable() }),
  ),
  deadLetters: z.array(DeadLetter),
  recent: z.array(Delivery),
  counts: z.object({ sent: z.number(), failed: z.number(), late: z.number(), forgotten: z.number() }),
})
type Deliveries = z.infer<typeof Deliveries>

/** The newest message that a target did not get, unless it got a later one. Pure. */
export function missedBy(
  target: string,
  { deadLetters, recent }: Pick<Deliveries, 'deadLetters' | 'recent'>,
): DeadLetter | null {
  const newest = <D extends Delivery>(all: readonly D[]): D | undefined => all.find(one => one.target === target)
  const dead = newest(deadLetters)
  return dead !== undefined && dead.at > (newest(recent)?.at ?? '') ? dead : null
}

/** `closed`: the server has no admin token, so it tells nobody. */
export type DeliveryPhase = 'asking' | 'locked' | 'closed' | 'open'

const REFRESH_INTERVAL_MS = 5_000

/** What became of the messages, asked for again while the page is open. */
export function deliveryController({ admin, words }: { admin: AdminAccess; words: () => Words }) {
  let phase = $state<DeliveryPhase>(admin.token === null ? 'locked' : 'asking')
  let shown = $state.raw<Deliveries | null>(null)
  /** Of the last request; null while all goes well. */
  let problem = $state<string | null>(null)

  async function refresh(): Promise<void> {
    if (admin.token === null) return
    const answer = await admin.ask('/api/deliveries', 'GET')
    const say = words()
    if (answer === null) problem = say.handling.unreachable
    else if (answer.status === 401 || answer.status === 403) {
      phase = 'locked'
      problem = say.sourcePage.wrongToken
    } else if (answer.status === 404) phase = 'closed'
    else if (!answer.ok) problem = say.sourcePage.answeredWith(answer.status)
    else {
      const read = Deliveries.safeParse(await answer.json().catch(() => null))
      problem = read.success ? null : say.sourcePage.answeredWith(answer.status)
      if (read.success) shown = read.data
      phase = 'open'
    }
  }

  async function settle(deadId: string, method: 'POST' | 'DELETE'): Promise<void> {
    const answer = await admin.ask(`/api/deliveries/${deadId}${method === 'POST' ? '/replay' : ''}`, method)
    if (answer !== null && !answer.ok && answer.status !== 404) problem = words().sourcePage.answeredWith(answer.status)
    await refresh()
  }

  return {
    get phase() {
      return phase
    },
    get shown() {
      return shown
    },
    get problem() {
      return problem
    },
    unlock(token: string): void {
      admin.keep(token)
      phase = 'asking'
      problem = null
      void refresh()
    },
    replay: (deadId: string) => settle(deadId, 'POST'),
    forget: (deadId: string) => settle(deadId, 'DELETE'),
    /** @returns how to stop */
    start(): () => void {
      void refresh()
      const timer = setInterval(() => document.visibilityState === 'visible' && void refresh(), REFRESH_INTERVAL_MS)
      return () => clearInterval(timer)
    },
  }
}
