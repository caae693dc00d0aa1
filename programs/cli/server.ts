import { z } from 'zod'
import { NephoscopeError, request, type ServerOptions, WRONG_ADDRESS } from '../client/request.ts'
import { type Watch, type WatchOptions, watch } from '../client/watch.ts'

/** An expected end: one line, and the exit code. 2: what was asked is wrong. 3: nothing is known. */
export class Refusal extends Error {
  readonly exitCode: number

  constructor(message: string, exitCode: 1 | 2 | 3 = 2) {
    super(message)
    this.exitCode = exitCode
  }
}

export type Query = Readonly<Record<string, string | undefined>>

/** A server, and its answers through their schemas. */
export type Server = {
  /** @throws {Refusal} */
  get<S extends z.ZodType>(path: string, query: Query, schema: S): Promise<z.infer<S>>
  /** The same, with a body as JSON. */
  post<S extends z.ZodType>(path: string, body: object, schema: S): Promise<z.infer<S>>
  /** @throws {Refusal} */
  remove(path: string): Promise<void>
  watch(options: Omit<WatchOptions, keyof ServerOptions>): Watch
}

const TIMEOUT_MS = 20_000
const MAX_ANSWER_BYTES = 64 * 1024 * 1024

/** @throws {Refusal} where the address is none */
export function connectTo({ url, token }: { url: string; token: string | undefined }): Server {
  const options = { url: withScheme(url), token }
  if (!URL.canParse(options.url) || !/^https?:$/.test(new URL(options.url).protocol))
    throw new Refusal(`--url '${url.slice(0, 100)}' is no address: write it like http://localhost:3000`)
  const { username, password } = new URL(options.url)
  if (username + password !== '') throw new Refusal('--url has a name or a password in it: give --token, or neither')
  async function ask<S extends z.ZodType>(
    from: ServerOptions,
    path: string,
    query: Query,
    schema: S,
  ): Promise<z.infer<S>> {
    try {
      const answer = await request(from, path, query, 'application/json', AbortSignal.timeout(TIMEOUT_MS))
      const parsed = schema.safeParse(JSON.parse(await boundedText(answer)))
      if (parsed.success) return parsed.data
      const [issue] = parsed.error.issues
      throw new Refusal(
        `${options.url} answers ${path} in a form that is not known (${issue?.path.join('.')}: ${issue?.message}): use the nephoscope of its version`,
        3,
      )
    } catch (error) {
      throw refusalOf(error, options.url)
    }
  }

  return {
    get: (path, query, schema) => ask(options, path, query, schema),
    post(path, body, schema) {
      const send: typeof fetch = (to, init) => {
        const headers = { ...init?.headers, 'Content-Type': 'application/json' }
        return fetch(to, { ...init, method: 'POST', body: JSON.stringify(body), headers })
      }
      return ask({ ...options, fetch: send }, path, {}, schema)
    },
    async remove(path) {
      const send: typeof fetch = async (to, init) => {
        const answer = await fetch(to, { ...init, method: 'DELETE' })
        return answer.status === 204 ? Response.json({}) : answer
      }
      await ask({ ...options, fetch: send }, path, {}, z.object({}))
    },
    watch: more => watch({ ...options, ...more }),
  }
}

/** `localhost:3000` and `status.example.com` are addresses too; only this machine is then asked without TLS. */
function withScheme(url: string): string {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(url)) return url
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?![\w.-])/.test(url) ? `http://${url}` : `https://${url}`
}

async function boundedText(answer: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  const reader = answer.body?.getReader()
  for (;;) {
    const part = await reader?.read()
    if (part?.value === undefined) return text + decoder.decode()
    bytes += part.value.length
    if (bytes > MAX_ANSWER_BYTES) {
      await reader?.cancel()
      throw new Refusal(`the server's answer is longer than ${MAX_ANSWER_BYTES} bytes`, 3)
    }
    text += decoder.decode(part.value, { stream: true })
  }
}

/** Why a request failed, in one line: what the server says, or why it cannot be reached. */
export function refusalOf(error: unknown, url: string): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof NephoscopeError) {
    const { status, message } = error
    if (status === 401 || status === 403) return new Refusal(`${message} (give it with NEPHOSCOPE_TOKEN or --token)`)
    const isRefused = [400, 404, 409].includes(status) && !message.includes(WRONG_ADDRESS)
    return new Refusal(message, isRefused ? 2 : 3)
  }
  const { cause, name, message } = error instanceof Error ? error : new Error(String(error))
  const why =
    name === 'TimeoutError'
      ? `no answer within ${TIMEOUT_MS / 1000} s`
      : cause instanceof Error
        ? 'code' in cause
          ? String(cause.code)
          : cause.message
        : message
  return new Refusal(
    `${url} cannot be reached (${why}): start it with npm start, or name another with --url or NEPHOSCOPE_URL`,
    3,
  )
}
