import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** What a test finds of a message in what a service took: its id, its conversation, and its place there. */
export type Received = { key: string; conversation: string; n: number }

export type Call = {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
  bytes: Buffer
  /** The same as text. */
  body: string
}
export type Reply = { status: number; json?: unknown; text?: string; headers?: Record<string, string> }

export type SimulatedService = {
  origin: string
  /** Every request that was answered by the service's own rules, oldest first. */
  calls: Call[]
  /** The next answers, before the service looks at anything. */
  answerNext(...replies: Reply[]): void
  /** From now on this share of requests fails, in each of the ways a network and a service have. */
  fail(rate: number, random: () => number): void
  stop(): Promise<void>
}

/** A service on loopback that answers by `respond` alone. @param tls of `localhost`: then it speaks https */
export async function simulatedService(
  respond: (call: Call) => Reply,
  tls?: { key: Buffer; cert: Buffer },
): Promise<SimulatedService> {
  const calls: Call[] = []
  const next: Reply[] = []
  let failing = { rate: 0, random: () => 1 }
  const listener: RequestListener = async (request, response) => {
    const bytes = await buffer(request).catch(() => null)
    if (bytes === null) return
    const url = new URL(request.url ?? '/', 'http://localhost')
    const { method = 'GET', headers } = request
    const call = { method, path: url.pathname, query: url.searchParams, headers, bytes, body: bytes.toString() }
    const mode = failing.random() < failing.rate ? Math.floor(failing.random() * failures.length) : null
    const failure = mode === null ? null : (failures[mode] ?? null)
    if (failure === 'cut before') return request.socket.destroy()
    const reply = next.shift() ?? (typeof failure === 'object' && failure !== null ? failure : respond(call))
    if (reply.status < 300) calls.push(call)
    if (failure === 'cut after') return request.socket.destroy()
    const sent = reply.json === undefined ? (reply.text ?? '') : JSON.stringify(reply.json)
    const type = reply.json === undefined ? 'text/plain' : 'application/json'
    response.writeHead(reply.status, { 'content-type': type, ...reply.headers }).end(sent)
  }
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // it listens on TCP
  return {
    origin: tls === undefined ? `http://127.0.0.1:${port}` : `https://localhost:${port}`,
    calls,
    answerNext: (...replies) => void next.push(...replies),
    fail: (rate, random) => {
      failing = { rate, random }
    },
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** 'cut after' is the one that makes doubles: the message was taken, and its sender does not know. */
const failures: readonly (Reply | 'cut before' | 'cut after')[] = [
  { status: 503, json: { message: 'the service is away' } },
  { status: 429, json: { message: 'too many requests' }, headers: { 'retry-after': '0' } },
  'cut before',
  'cut after',
]
