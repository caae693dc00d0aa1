import { type ClientRequest, get, type IncomingMessage } from 'node:http'

/** One message of a stream of Server-Sent Events. */
export type Message = { id: string; event: string; data: unknown }

/** A program that follows `GET /api/stream`. */
export type Follower = {
  messages: Message[]
  status(): number | undefined
  headers(): IncomingMessage['headers']
  ended(): boolean
  /** Whether it reads what it is sent; a client may hang. */
  read(on: boolean): void
  close(): void
}

export function followStream(url: string, headers: Record<string, string> = {}): Follower {
  const messages: Message[] = []
  let response: IncomingMessage | undefined
  let ended = false
  let rest = ''
  const end = () => {
    ended = true
  }
  const request: ClientRequest = get(url, { headers, agent: false }, answer => {
    response = answer
    answer.setEncoding('utf8')
    answer.on('data', (chunk: string) => {
      const parts = (rest + chunk).split('\n\n')
      rest = parts.pop() ?? ''
      for (const part of parts) {
        const message = parse(part)
        if (message.event !== '') messages.push(message)
      }
    })
    answer.on('close', end).on('error', end)
  })
  request.on('error', end)
  return {
    messages,
    status: () => response?.statusCode,
    headers: () => response?.headers ?? {},
    ended: () => ended,
    read: on => void (on ? response?.resume() : response?.pause()),
    close: () => request.destroy(),
  }
}

function parse(text: string): Message {
  const fields = new Map(
    text.split('\n').map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  )
  return {
    id: fields.get('id') ?? '',
    event: fields.get('event') ?? '',
    data: fields.has('data') ? JSON.parse(fields.get('data') ?? '') : null,
  }
}
