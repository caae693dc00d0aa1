import type { z } from 'zod'
import type { HttpMessage } from '../http/http.ts'
import type { Answered, Failed } from '../http/outcome.ts'
import type { SendDeps, Sent } from './target.ts'

/** For everything together; the services answer within a second or two. */
const TIMEOUT_MS = 15_000

export type JsonRequest = {
  method?: HttpMessage['method']
  url: string
  headers?: Readonly<Record<string, string>>
  json: unknown
}

/** Sends JSON, and judges the answer by its status. @param handleOf what the next message needs, from the answer's text */
export async function sendJson(
  request: JsonRequest,
  deps: Pick<SendDeps, 'http'>,
  handleOf: (body: string) => string | undefined = () => undefined,
): Promise<Sent> {
  const answer = await exchangeJson(request, deps)
  const judged = judge(answer)
  if (judged.kind !== 'sent' || answer.kind !== 'answered') return judged
  const handle = handleOf(answer.body)
  return handle === undefined ? judged : { kind: 'sent', handle }
}

/** Sends JSON to a service whose answers say more than their status does. */
export const exchangeJson = (
  { method = 'POST', url, headers = {}, json }: JsonRequest,
  { http }: Pick<SendDeps, 'http'>,
): Promise<Answered | Failed> => {
  const sent = { 'content-type': 'application/json; charset=utf-8', ...headers }
  return http.send({ method, url, headers: sent, body: JSON.stringify(json), timeoutMs: TIMEOUT_MS })
}

/** The text of an answer by its schema; null where it is not what the service documents. */
export function readAnswer<T>(schema: z.ZodType<T>, body: string): T | null {
  try {
    return schema.safeParse(JSON.parse(body)).data ?? null
  } catch {
    return null
  }
}

/** 2xx is sent; 408, 425, 429 and 5xx are tried again, as is what got no answer; all else is refused for good. */
export function judge(answer: Answered | Failed): Sent {
  if (answer.kind === 'failed') return { kind: 'retry', why: answer.reason, afterMs: answer.retryAfterMs }
  const { status, body, retryAfterMs } = answer
  if (status >= 200 && status < 300) return { kind: 'sent' }
  const said = body.replace(/\s+/g, ' ').trim().slice(0, 200)
  const why = said === '' ? `HTTP ${status}` : `HTTP ${status}: ${said}`
  return status >= 500 || passing.has(status) ? { kind: 'retry', why, afterMs: retryAfterMs } : { kind: 'refused', why }
}

const passing: ReadonlySet<number> = new Set([408, 425, 429])
