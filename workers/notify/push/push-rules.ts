import type { PushSubscriber } from '../../../shared/domain/push.ts'
import type { Stack } from '../../../shared/domain/stack.ts'
import type { Secrets } from '../../config/url-secrets.ts'
import type { PrivateReach } from '../../http/reach.ts'
import { type WebPushConfig, webPushTarget } from '../targets/web-push.ts'
import type { Vapid } from './vapid.ts'

/** What a subscription adds to `notify:` of the sources file; ids begin with `push-`. */
export type PushRules = {
  rules: ReturnType<typeof ruleOf>[]
  targets: {
    id: string
    kind: typeof webPushTarget
    config: WebPushConfig
    secrets: Secrets
    isPrivate?: PrivateReach
  }[]
  /** The readers' own stacks: rules name them by their ids, as they name those of the settings. */
  stacks: Stack[]
}

/**
 * Each subscription is a rule and a target in one.
 * @param forget ends a subscription, by its id
 * @param insideHosts of push services whose addresses are private
 */
export function rulesOfSubscriptions(
  subscribers: Iterable<PushSubscriber>,
  vapid: Vapid,
  forget: (id: string) => Promise<void>,
  insideHosts: ReadonlySet<string>,
): PushRules {
  const found: PushRules = { rules: [], targets: [], stacks: [] }
  for (const one of subscribers) {
    const id = `push-${one.id}`
    const { endpoint, keys, language, about } = one
    if ('uses' in about) found.stacks.push({ id, ...about })
    found.rules.push(ruleOf(one, id, 'uses' in about ? id : about.stack))
    const config = { endpoint, keys, language, vapid, onGone: () => forget(one.id) }
    const isInside = insideHosts.has(new URL(endpoint).hostname)
    const secrets = { PUSH_ENDPOINT: endpoint }
    found.targets.push({ id, kind: webPushTarget, config, secrets, ...(isInside && { isPrivate: true }) })
  }
  return found
}

const ruleOf = ({ from, right }: PushSubscriber, id: string, stack: string) => ({
  id,
  stack,
  channels: [],
  what: ['opened' as const, 'worse' as const, 'resolved' as const],
  from,
  strength: 'likely' as const,
  to: [id],
  quiet: null,
  repeatMs: null,
  digest: null,
  timeZone: 'UTC',
  // another server may hide private words from whoever subscribed without a token
  ...(right === '' && { isPublicOnly: true as const }),
})
