import type { MqttClient } from 'mqtt'
import type { Logger } from 'pino'
import { keyOf } from '../key-of.ts'
import { connectMqtt, publish } from '../mqtt-connection.ts'
import type { SendDeps } from '../target.ts'
import type { MqttConfig } from '../targets/mqtt.ts'
import { availabilityTopic, ownTopics } from './mqtt-states.ts'

const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [1_000, 60_000]

export type StateBroker = {
  /** Makes the broker keep exactly this: topic → payload. Returns at once; what fails is made good by a later call. */
  keep(wanted: ReadonlyMap<string, string>): void
  /** @param isRemoved whether to clear all that it keeps, as nobody will publish it again */
  close(isRemoved: boolean): Promise<void>
}

/**
 * The retained messages of a broker. What it keeps is read from itself at each connection, so that nothing is left that
 * an earlier publisher forgot. Its last will says `offline`.
 */
export function stateBroker(config: MqttConfig, deps: Pick<SendDeps, 'checkHost'> & { log: Logger }): StateBroker {
  const availability = availabilityTopic(config)
  let connection: { client: MqttClient; kept: Map<string, string>; isAnnounced: boolean } | null = null
  let wanted: ReadonlyMap<string, string> = new Map()
  let working: Promise<void> | null = null
  let pauseMs = 0
  let pausedUntil = 0

  async function connect() {
    // the same for every worker: a broker ends the connection of a predecessor, and tells its will before we begin
    const clientId = `nephoscope-${keyOf(config.prefix).slice(0, 12)}`
    const will = { topic: availability, payload: Buffer.from('offline'), qos: 1, retain: true } as const
    const client = await connectMqtt(config, deps, { clientId, will })
    const kept = new Map<string, string>()
    client.on('message', (topic, payload, { retain }) => {
      if (retain && payload.length > 0 && !kept.has(topic)) kept.set(topic, payload.toString())
    })
    await client.subscribeAsync(ownTopics(config), { qos: 1 })
    return { client, kept, isAnnounced: false }
  }

  async function work(): Promise<void> {
    if (connection?.client.connected !== true) {
      connection = await connect()
      deps.log.info({ prefix: config.prefix }, 'the states of stacks and regions are published')
    }
    const { client, kept } = connection
    const tell = (topic: string, payload: string) => publish(client, topic, payload, { retain: true })
    for (const [topic, payload] of wanted) {
      if (kept.get(topic) === payload) continue
      await tell(topic, payload)
      kept.set(topic, payload)
    }
    for (const topic of [...kept.keys()]) {
      if (wanted.has(topic)) continue
      await tell(topic, '')
      kept.delete(topic)
    }
    if (!connection.isAnnounced) await tell(availability, 'online')
    connection.isAnnounced = true
    pauseMs = 0
  }

  async function run(): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (pauseMs === 0) deps.log.warn({ prefix: config.prefix, error: String(error) }, 'a broker of states fails')
      pauseMs = Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_PAUSE_MS, pauseMs * 2))
      pausedUntil = performance.now() + pauseMs
      await connection?.client.endAsync(true).catch(() => undefined)
      connection = null
    } finally {
      working = null
    }
  }

  return {
    keep(next) {
      wanted = next
      if (performance.now() >= pausedUntil) working ??= run()
    },
    async close(isRemoved) {
      await working
      if (connection?.client.connected !== true) return
      if (isRemoved) {
        wanted = new Map()
        await run()
      }
      const { client } = connection ?? {}
      if (client === undefined) return
      await publish(client, availability, isRemoved ? '' : 'offline', { retain: true }).catch(() => undefined)
      await client.endAsync().catch(() => undefined)
    },
  }
}
