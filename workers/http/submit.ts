import type { Dispatcher } from 'undici'
import { failure, headerReader, MOST_DUMPED, type Question } from './exchange.ts'
import type { HttpReceipt, Moved } from './outcome.ts'

/** A form for one address. */
export type Submission = Pick<Question, 'url' | 'userAgent' | 'signal'> & { form: URLSearchParams }

/**
 * Posts one form. A redirect is not followed, and is a failure where it would make another request of it.
 * Throws what the network throws, or a `Refusal`.
 */
export async function submit(
  agent: Dispatcher,
  { url, userAgent, signal, form }: Submission,
): Promise<HttpReceipt | Moved> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': userAgent }
  const path = url.pathname + url.search
  const answer = await agent.request({
    method: 'POST',
    origin: url.origin,
    path,
    headers,
    body: form.toString(),
    signal,
  })
  const { statusCode: status, body } = answer
  const header = headerReader(answer.headers)
  const isTaken = status >= 200 && status < 300
  const isMoved = status === 307 || status === 308
  if (!isTaken && !isMoved) return failure(status, header)
  await body.dump({ limit: MOST_DUMPED })
  return isTaken
    ? { kind: 'accepted', status }
    : { kind: 'moved', location: header('location'), isPermanent: status === 308 }
}
