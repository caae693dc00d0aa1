import type { Telemetry } from 'bullmq'
import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { CountryOf } from '../../shared/domain/channels.ts'
import { nameTargets } from '../../shared/redis/deliveries.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import type { Trace } from '../../shared/trace.ts'
import type { LiveTarget, Notify } from '../config/notify-config.ts'
import { startDeliveries } from './deliver.ts'
import { startNotifier, type World } from './notifier.ts'
import type { PushRules } from './push/push-rules.ts'
import { followPushSubscribers } from './push/push-subscribers.ts'
import { vapidOf } from './push/vapid.ts'
import { createSenders } from './send-deps.ts'
import { type PlacedBroker, startStatePublisher } from './states/state-publisher.ts'
import type { MqttConfig } from './targets/mqtt.ts'
import { targetKinds } from './targets/registry.ts'

export type NotifyDeps = {
  redis: Redis
  connect: (name: string) => Redis
  connectQueue: (name: string) => Redis
  world: World
  countryOf: CountryOf
  publicUrl: string | undefined
  vapidKey: string | undefined
  /** Of push services whose addresses are private. */
  insidePushHosts: ReadonlySet<string>
  now: () => number
  random: () => number
  log: Logger
  onInvalid: OnInvalid
  trace?: Trace
  telemetry?: Telemetry | undefined
}

export type Notifying = {
  /** Puts what the sources file now says in force. */
  replace(notify: Notify): Promise<void>
  stop(): Promise<void>
}

/** All that sends messages: the notifier, deliveries, subscriptions of browsers, and states kept at brokers. */
export async function startNotify(deps: NotifyDeps, first: Notify): Promise<Notifying> {
  const { redis, world, publicUrl, vapidKey, log } = deps
  let pushed: PushRules = { rules: [], targets: [], stacks: [] }
  let notify = first
  let wanted = { rules: [...notify.rules], stacks: pushed.stacks }
  let targets = new Map<string, LiveTarget>()
  const renew = (): void => {
    wanted = { rules: [...notify.rules, ...pushed.rules], stacks: pushed.stacks }
    targets = new Map([...notify.targets, ...pushed.targets].map(target => [target.id, target]))
  }
  renew()
  await nameTargets(redis, notify.targets)

  const senders = createSenders(deps.now)
  const deliveries = startDeliveries({ ...deps, targets: () => targets, senders })
  const notifier = startNotifier({
    ...deps,
    blocked: deps.connect('notify'),
    notify: () => wanted,
    publicUrl: publicUrl ?? null,
    onQueued: () => deliveries.wake(),
  })
  const blocked = deps.connect('states')
  const states = startStatePublisher({ ...deps, blocked, names: world, senders }, brokersOf(notify))
  const subscribers =
    vapidKey === undefined
      ? null
      : followPushSubscribers({
          ...deps,
          vapid: vapidOf(vapidKey, publicUrl),
          insideHosts: deps.insidePushHosts,
          take(rules) {
            pushed = rules
            renew()
          },
        })
  log.debug({ targets: notify.targets.length, rules: notify.rules.length }, 'notifying')

  return {
    async replace(changed) {
      notify = changed
      renew()
      states.replace(brokersOf(notify))
      await nameTargets(redis, notify.targets)
    },
    async stop() {
      await Promise.all([subscribers?.stop(), states.stop(), notifier.stop()])
      await deliveries.stop()
      await Promise.all([senders.close(), ...Object.values(targetKinds).map(kind => kind.close())])
    },
  }
}

/** Where the states are kept beside the messages. */
const brokersOf = ({ targets }: Notify): PlacedBroker[] =>
  targets
    .flatMap(
      ({ kind, config, isPrivate }) => (kind === targetKinds.mqtt ? [{ config: config as MqttConfig, isPrivate }] : []), // its schema has read it
    )
    .filter(({ config }) => config.states)
