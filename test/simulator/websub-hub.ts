import { createHmac, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'

/** A subscriber as the hub knows it. */
export type Subscriber = { callback: string; topic: string; secret: string }

export type WebSubHub = {
  url: string
  /** Subscriptions that were verified, renewals too, oldest first. */
  verified: readonly Subscriber[]
  /** Statuses with which callbacks did not confirm a subscription. */
  unverified: readonly number[]
  /** Delivers to every subscriber of the topic; returns the statuses of their answers. */
  publish(topic: string, body: string): Promise<number[]>
  close(): Promise<void>
}

/** A hub on loopback that verifies subscriptions by the standard. @see https://www.w3.org/TR/websub/#hub */
export async function startWebSubHub(leaseSeconds: number): Promise<WebSubHub> {
  const verified: Subscriber[] = []
  const unverified: number[] = []

  async function verify(subscriber: Subscriber): Promise<void> {
    const challenge = randomUUID()
    const url = new URL(subscriber.callback)
    url.searchParams.set('hub.mode', 'subscribe')
    url.searchParams.set('hub.topic', subscriber.topic)
    url.searchParams.set('hub.challenge', challenge)
    url.searchParams.set('hub.lease_seconds', String(leaseSeconds))
    const answer = await fetch(url)
    if (answer.ok && (await answer.text()) === challenge) verified.push(subscriber)
    else unverified.push(answer.status)
  }

  const server = createServer(async (request, response) => {
    const form = new URLSearchParams(await text(request))
    const field = (name: string) => form.get(`hub.${name}`) ?? ''
    response.writeHead(request.method === 'POST' && field('mode') === 'subscribe' ? 202 : 400).end()
    await verify({ callback: field('callback'), topic: field('topic'), secret: field('secret') })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined

  return {
    url: `http://127.0.0.1:${port}/`,
    verified,
    unverified,
    publish(topic, body) {
      const byCallback = new Map(verified.filter(one => one.topic === topic).map(one => [one.callback, one]))
      return Promise.all(
        [...byCallback.values()].map(async ({ callback, secret }) => {
          const signature = createHmac('sha256', secret).update(body).digest('hex')
          const headers = { 'X-Hub-Signature': `sha256=${signature}` }
          return (await fetch(callback, { method: 'POST', headers, body })).status
        }),
      )
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
