import { createServer, type RequestListener } from 'node:http'
import { createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { createHttp, type Http, type HttpOptions, type HttpRequest } from '../../../workers/http/http.ts'

/** A client that may reach loopback, closed when the test is over. */
export function openHttp(options: Partial<HttpOptions> = {}): Http {
  const http = createHttp({ isPublic: () => true, userAgent: 'Nephoscope-Test/1', ...options })
  onTestFinished(() => http.close())
  return http
}

export const loopback = ['127.0.0.0/8', '::1/128']

/** To a server that is inside, as those of the tests are. */
export const request = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  url,
  isPrivate: loopback,
  accept: '*/*',
  timeoutMs: 15_000,
  etag: null,
  lastModified: null,
  ...more,
})

/** To a server that stands for the internet. */
export const publicRequest = (url: string, more: Partial<HttpRequest> = {}): HttpRequest =>
  request(url, { isPrivate: undefined, ...more })

/** A web server on loopback → its origin, such as `http://127.0.0.1:4711`. */
export const serve = async (listener: RequestListener): Promise<string> =>
  `http://127.0.0.1:${await listen(createServer(listener))}`

/** A server below HTTP: it is given each connection once the request's head has come. → its origin */
export const serveRaw = async (onRequest: (socket: Socket) => void): Promise<string> => {
  const server = createTcpServer({ allowHalfOpen: true }, socket => {
    socket.on('error', () => {})
    let head = ''
    socket.on('data', chunk => {
      head += chunk
      if (!head.endsWith('\r\n\r\n')) return
      head = ''
      onRequest(socket)
    })
  })
  return `http://127.0.0.1:${await listen(server)}`
}

/** Opens a port for as long as the test runs. */
export async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', socket => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(
    () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  )
  return portOf(server)
}

/** A port on which nobody listens. */
export async function unusedPort(): Promise<number> {
  const server = createTcpServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const port = portOf(server)
  await new Promise<void>(resolve => server.close(() => resolve()))
  return port
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address.port
}

export const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString()
