import { createServer, type RequestListener, type Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** Connections that may wait to be accepted. A client that finds no room retries only after a second. */
const LISTEN_BACKLOG = 4_096
/** How long requests under way may take to end when the server stops. */
const DRAIN_TIMEOUT_MS = 1_500

export function httpServer(application: RequestListener, maxConnections: number): Server {
  const http = createServer(
    { maxHeaderSize: 16 * 1024, headersTimeout: 5_000, requestTimeout: 15_000, connectionsCheckingInterval: 1_000 },
    application,
  )
  http.maxConnections = maxConnections
  return http
}

export function listen(
  http: Server,
  { host, port, setting }: { host: string; port: number; setting: 'PORT' | 'METRICS_PORT' },
  { onListening, refuse }: { onListening: () => void; refuse: (line: string) => void },
): void {
  const taken = `Port ${port} is taken: stop what uses it, or choose another with ${setting}`
  http.on('error', (error: NodeJS.ErrnoException) => refuse(error.code === 'EADDRINUSE' ? taken : error.message))
  http.listen({ port, host, backlog: LISTEN_BACKLOG }, onListening)
}

/** Ends followers, lets requests under way end, and cuts the connections that some clients never close. */
export async function drain(followers: readonly { close(): Promise<void> }[], http: Server): Promise<void> {
  const closed = Promise.all(followers.map(one => one.close()))
  http.closeIdleConnections()
  await Promise.race([closed, sleep(DRAIN_TIMEOUT_MS)])
  http.closeAllConnections()
}
