import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'
import { Aedes } from 'aedes'
import { Message } from '../../../workers/notify/words/message.ts'

const [USER, PASSWORD] = ['nephoscope', 'a-password']

/** A broker by aedes with one user. `fail` cuts connections at the share of messages, before or after they are taken. */
export async function startMqtt() {
  const messages: Message[] = []
  let failing = { rate: 0, random: () => 1 }
  const sockets = new Set<Socket>()
  const broker = await Aedes.createBroker({
    authenticate: (_client, user, password, done) => done(null, user === USER && password?.toString() === PASSWORD),
    // before the receipt is sent
    authorizePublish(_client, packet, done) {
      if (packet.topic !== 'nephoscope/messages') return done(null)
      const fails = failing.random() < failing.rate
      if (!fails || failing.random() < 0.5) messages.push(Message.parse(JSON.parse(packet.payload.toString())))
      done(fails ? new Error('the connection is cut') : null)
    },
  })
  const server = createServer(socket => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    broker.handle(socket)
  })
  const listen = (port: number) => new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as AddressInfo // it listens on TCP
  return {
    config: { url: `mqtt://127.0.0.1:${port}`, user: USER, password: PASSWORD },
    broker,
    messages,
    /** What the broker keeps of topics that begin so. */
    async retained(begin: string): Promise<Map<string, string>> {
      const found = new Map<string, string>()
      const packets: AsyncIterable<{ topic: string; payload: Buffer }> =
        // its types do not tell of its persistence
        (
          broker as unknown as {
            persistence: { createRetainedStream(pattern: string): AsyncIterable<{ topic: string; payload: Buffer }> }
          }
        ).persistence.createRetainedStream(`${begin}/#`)
      for await (const { topic, payload } of packets) found.set(topic, payload.toString())
      return found
    },
    /** Cuts every connection, as a network does. */
    cut() {
      for (const socket of sockets) socket.destroy()
    },
    received: () => messages.map(({ id, conversation, n }) => ({ key: id, conversation, n })),
    fail: (rate: number, random: () => number) => {
      failing = { rate, random }
    },
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>(resolve => broker.close(() => resolve()))
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}
