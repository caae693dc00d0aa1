import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Refusal } from '../../../../workers/http/outcome.ts'
import { mqtt } from '../../../../workers/notify/targets/mqtt.ts'
import { conversation, digest, hostile, message } from '../../../support/messages.ts'
import { startMqtt } from '../../../support/services/mqtt.ts'
import { teller } from '../../../support/tell-target.ts'

async function start(more: object = {}) {
  const service = await startMqtt()
  const to = teller(mqtt, { ...service.config, ...more })
  onTestFinished(async () => {
    await to.close()
    await service.stop()
  })
  return { ...service, ...to, stop: service.stop }
}

const sent = { kind: 'sent' }

describe('MQTT', () => {
  test('gives a broker each message whole, in order, over one connection', async () => {
    const { tell, messages, broker } = await start()
    const all = [...conversation({ title: hostile }), digest(50)]
    expect(await tell(...all)).toEqual(all.map(() => sent))
    expect(messages).toEqual(all)
    expect(broker.connectedClients).toBe(1)
  })

  test('is tried again after a cut, with a new connection', async () => {
    const { tell, messages, fail } = await start()
    fail(1, () => 0.7)
    expect(await tell(message())).toMatchObject([{ kind: 'retry', afterMs: null }])
    fail(0, () => 1)
    expect(await tell(message())).toEqual([sent])
    expect(messages).toEqual([message()])
  })

  test('is refused for good where the broker does not know user and password', async () => {
    const { tell } = await start({ password: 'another' })
    expect(await tell(message())).toEqual([{ kind: 'refused', why: 'the broker refuses user and password' }])
  })

  test('is tried again where nobody listens', async () => {
    const { tell, stop } = await start()
    await stop()
    expect(await tell(message())).toMatchObject([{ kind: 'retry' }])
  })

  test('goes to no host that the address guard refuses', async () => {
    const { config } = await start()
    const { deps, close } = teller(mqtt, config)
    const guarded = {
      ...deps,
      checkHost: async (host: string) => {
        throw new Refusal(`${host} is a private address`)
      },
    }
    const other = mqtt.config.parse({ ...config, user: 'other' })
    expect(await mqtt.tell(message(), other, null, guarded)).toEqual({
      kind: 'refused',
      why: '127.0.0.1 is a private address',
    })
    await close()
  })

  test.each(['mqtt', 'mqtts', 'ws', 'wss'])(
    'goes to no address that is refused, whatever its name says: %s',
    async scheme => {
      const connections: Socket[] = []
      const listener = createServer(socket => connections.push(socket.end())).listen(0, '127.0.0.1')
      await once(listener, 'listening')
      onTestFinished(() => void listener.close())
      const { port } = listener.address() as AddressInfo // it listens on TCP
      const config = { url: `${scheme}://localhost:${port}` }
      const { deps, close } = teller(mqtt, config)
      onTestFinished(close)
      const checkHost = async (host: string) => {
        if (host !== 'localhost') throw new Refusal(`${host} is a private address`)
      }
      const sent = await mqtt.tell(message(), mqtt.config.parse(config), null, { ...deps, checkHost })
      expect(sent).toMatchObject({ why: expect.stringContaining('is a private address') })
      expect(connections).toEqual([])
    },
  )

  test.each(['http://a.example', 'mqtt://user:pass@a.example', 'a.example'])('has no broker at %s', url => {
    expect(mqtt.config.safeParse({ url }).error?.message).toContain('mqtts://broker.example:8883')
  })
})
