import type { MqttClient } from 'mqtt'
import { z } from 'zod'
import { brokerConfig, connectMqtt, failureOf, publish } from '../mqtt-connection.ts'
import { target } from '../target.ts'

/** A connection without messages is closed after this time. */
const IDLE_MS = 60_000

export const MqttConfig = z.strictObject({
  ...brokerConfig,
  /** Begins every topic. Two installations at one broker need two. */
  prefix: z
    .string()
    .regex(/^[\w-]{1,60}$/, 'must be 1 to 60 letters, digits, - and _')
    .default('nephoscope'),
  /** Whether the states of stacks and regions are kept there too, retained. */
  states: z.boolean().default(true),
  /** Regions whose state is kept: those that stacks name, or every one that is watched. */
  regions: z.enum(['stacks', 'all']).default('stacks'),
  /** Whether Home Assistant finds these states by itself. */
  homeAssistant: z.boolean().default(true),
  /** Where Home Assistant looks for them. */
  discoveryPrefix: z
    .string()
    .regex(/^[\w-]{1,60}$/, 'must be 1 to 60 letters, digits, - and _')
    .default('homeassistant'),
})
export type MqttConfig = z.infer<typeof MqttConfig>

const clients = new Map<string, { client: Promise<MqttClient>; idle?: NodeJS.Timeout }>()

/** A broker: `<prefix>/messages` with each message as JSON. `state-publisher.ts` keeps the states beside it. */
export const mqtt = target<MqttConfig, { topic: string; payload: string }>({
  kind: 'mqtt',
  config: MqttConfig,
  secrets: ['password'],
  dropsDoubles: false,
  render: (message, { prefix }) => ({ topic: `${prefix}/messages`, payload: JSON.stringify(message) }),
  async send({ topic, payload }, config, deps) {
    const key = JSON.stringify([config.url, config.user, config.password])
    const known = clients.get(key) ?? { client: connectMqtt(config, deps) }
    clients.set(key, known)
    clearTimeout(known.idle)
    try {
      const client = await known.client
      await publish(client, topic, payload)
      known.idle = setTimeout(() => void drop(key), IDLE_MS).unref()
      return { kind: 'sent' }
    } catch (error) {
      await drop(key)
      return failureOf(error)
    }
  },
  async close() {
    await Promise.all([...clients.keys()].map(drop))
  },
})

async function drop(key: string): Promise<void> {
  const known = clients.get(key)
  clients.delete(key)
  clearTimeout(known?.idle)
  await known?.client.then(client => client.endAsync(true)).catch(() => undefined)
}
