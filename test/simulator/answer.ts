import { createHash } from 'node:crypto'
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib'
import type { Endpoint } from './endpoints.ts'
import type { Rendered, World } from './world.ts'

/** An endpoint's answer at one moment, ready to send. */
export type Answer = Rendered & {
  etag: string
  /** When the body last changed, ms since the epoch. */
  modifiedAt: number
  /** The body in a content coding; made once. */
  encoded(coding: Coding): Buffer
}

/** In the order in which they are preferred. */
export const codings = ['br', 'gzip', 'deflate', 'identity'] as const
export type Coding = (typeof codings)[number]

export type Answers = {
  /** The same answer while neither the world nor the second changes. */
  now(world: World, now: number): Answer
  /** The answer before the last change; the present one where there was none. */
  before(world: World, now: number): Answer
}

export function answersOf(endpoint: Endpoint): Answers {
  let last: { key: string; answer: Answer } | undefined
  let before: Answer | undefined
  function answerNow(world: World, now: number): Answer {
    const key = `${world.revision} ${Math.floor(now / 1000)}`
    if (last?.key === key) return last.answer
    const { body, contentType } = endpoint.render(world, now)
    const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
    const answer = last?.answer.etag === etag ? last.answer : fresh({ body, contentType }, etag, now)
    if (answer !== last?.answer) before = last?.answer
    last = { key, answer }
    return answer
  }
  return {
    now: answerNow,
    before(world, now) {
      const present = answerNow(world, now)
      return before ?? present
    },
  }
}

function fresh(rendered: Rendered, etag: string, modifiedAt: number): Answer {
  const made = new Map<Coding, Buffer>()
  const encoded = (coding: Coding): Buffer => {
    const known = made.get(coding)
    if (known) return known
    const body = encode[coding](rendered.body)
    made.set(coding, body)
    return body
  }
  return { ...rendered, etag, modifiedAt, encoded }
}

const encode: Record<Coding, (body: Buffer) => Buffer> = {
  br: body => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  gzip: body => gzipSync(body),
  deflate: body => deflateSync(body),
  identity: body => body,
}
