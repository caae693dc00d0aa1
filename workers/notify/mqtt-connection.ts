import { connect as openSocket } from 'node:net'
import type { IClientOptions, IClientPublishOptions, MqttClient } from 'mqtt'
import { z } from 'zod'
import { checkedLookup } from './checked-lookup.ts'
import type { SendDeps, Sent } from './target.ts'

/** For connecting, and for a broker's receipt. */
const TIMEOUT_MS = 15_000

/** Where a broker is, as a target's line has it. */
export const brokerConfig = {
  url: z
    .string()
    .max(2048)
    .regex(/^(?:mqtts?|wss?):\/\/[^\s"<>@?#]+$/i, 'must be an address such as mqtts://broker.example:8883'),
  user: z.string().max(256).optional(),
  password: z.string().max(1024).optional(),
}
export type BrokerConfig = { url: string; user?: string | undefined; password?: string | undefined }

/** Connects once. A lost connection stays lost: every new one passes the address guard again. */
export async function connectMqtt(
  { url, user, password }: BrokerConfig,
  { checkHost }: Pick<SendDeps, 'checkHost'>,
  options: Pick<IClientOptions, 'clientId' | 'will'> = {},
): Promise<MqttClient> {
  // every worker would load it when it starts, and few have a broker
  const mqtt = await import('mqtt')
  const { protocol, hostname, port } = new URL(url)
  const host = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
  await checkHost(host)
  const lookup = checkedLookup(checkHost)
  const credentials = {
    ...(user === undefined ? {} : { username: user }),
    ...(password === undefined ? {} : { password }),
  }
  const fixed = {
    reconnectPeriod: 0,
    connectTimeout: TIMEOUT_MS,
    keepalive: 30,
    clean: true,
    protocolVersion: 4 as const,
  }
  const all = { ...fixed, ...credentials, ...options }
  // mqtt.js passes a lookup on, but for plain TCP
  const client =
    protocol === 'mqtt:'
      ? new mqtt.MqttClient(self => {
          const socket = openSocket({ host, port: Number(port || 1883), lookup })
          return socket.on('error', error => self.emit('error', error))
        }, all)
      : mqtt.connect(url, { ...all, ...{ lookup }, wsOptions: { lookup } })
  client.on('error', () => undefined) // 'close' follows, and says all that we need
  await connected(client)
  return client
}

function connected(client: MqttClient): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      client.off('close', cut).end(true)
      reject(error)
    }
    const cut = () => fail(new Error('the broker cannot be reached'))
    client
      .once('error', fail)
      .once('close', cut)
      .once('connect', () => {
        client.off('error', fail).off('close', cut)
        resolve()
      })
  })
}

/** Publishes; rejects where the broker gives no receipt in time, or the connection ends before. */
export async function publish(
  client: MqttClient,
  topic: string,
  payload: string,
  options: IClientPublishOptions = {},
): Promise<void> {
  if (!client.connected) throw new Error('the connection has ended')
  let giveUp: (error: Error) => void = () => undefined
  const lost = new Promise<never>((_, reject) => {
    giveUp = reject
  })
  const onClose = () => giveUp(new Error('the connection ended before the receipt'))
  const timer = setTimeout(() => giveUp(new Error('no receipt in time')), TIMEOUT_MS)
  client.on('close', onClose)
  try {
    await Promise.race([client.publishAsync(topic, payload, { qos: 1, ...options }), lost])
  } finally {
    clearTimeout(timer)
    client.off('close', onClose)
  }
}

/**
 * A broker that knows neither user nor password answers so to the same ones again: CONNACK 4 and 5.
 * @see https://docs.oasis-open.org/mqtt/mqtt/v3.1.1/os/mqtt-v3.1.1-os.html#_Table_3.1_-
 */
export function failureOf(error: unknown): Sent {
  const why = error instanceof Error && error.message !== '' ? error.message : String(error)
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 4 || code === 5) return { kind: 'refused', why: 'the broker refuses user and password' }
  if (code === 'ERR_REFUSED') return { kind: 'refused', why }
  return { kind: 'retry', why: why.slice(0, 200), afterMs: null }
}
