import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { createHttp } from '../../workers/http/http.ts'
import { answerCommands } from '../support/child.ts'

export type PlainQueue = {
  /** Follows a stream, and sends each event to each address: one job a message, without lanes and order. */
  start(given: { socket: string; stream: string; urls: string[]; concurrency: number }): Promise<void>
}

const commands: PlainQueue = {
  async start({ socket, stream, urls, concurrency }) {
    const connect = () => new Redis(socket, { maxRetriesPerRequest: null })
    const prefix = 'peer'
    const queue = new Queue('messages', { connection: connect(), prefix })
    const http = createHttp({ isPublic: () => true, userAgent: 'peer', perHost: 8 })
    const headers = { 'content-type': 'application/json' }
    new Worker(
      'messages',
      async ({ data }) => {
        const answer = await http.send({ method: 'POST', url: data.url, headers, body: data.body, timeoutMs: 15_000 })
        if (answer.kind !== 'answered' || answer.status >= 300) throw new Error('not taken')
      },
      { connection: connect(), prefix, concurrency },
    )
    const blocked = connect()
    let since = '$'
    const follow = async (): Promise<void> => {
      for (;;) {
        const reply = await blocked.xread('BLOCK', 1_000, 'STREAMS', stream, since)
        for (const [id, [, event = '']] of reply?.[0]?.[1] ?? []) {
          since = id
          const options = { removeOnComplete: true, attempts: 10 }
          await queue.addBulk(urls.map(url => ({ name: 'message', data: { url, body: event }, opts: options })))
        }
      }
    }
    void follow()
  },
}
answerCommands(commands)
