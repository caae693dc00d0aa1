import type { Snapshot } from './records.ts'

/** Where the server is, and how to be let in. */
export type ServerOptions = {
  /** `https://status.example.com`, with its path where it has one. In a browser also an address such as `/status`. */
  url: string | URL
  /** Where the server has a `VIEW_TOKEN`. It is sent as a header and stands in no address. */
  token?: string | undefined
  /** In place of the global `fetch`: behind a proxy, or in a test. */
  fetch?: typeof fetch | undefined
}

/** The server refused, or what answered is no Nephoscope. The message is one line that says why. */
export class NephoscopeError extends Error {
  override readonly name = 'NephoscopeError'
  /** The status of the HTTP answer. */
  readonly status: number
  /** How long the server asked to wait before the next request, in ms. */
  readonly retryAfterMs: number | undefined

  constructor(message: string, status: number, retryAfterMs?: number) {
    super(message)
    this.status = status
    this.retryAfterMs = retryAfterMs
  }

  /** Whether the same request would be refused again: an unknown channel, a wrong token, a wrong address. */
  get isFinal(): boolean {
    return this.status < 500 && this.status !== 408 && this.status !== 429
  }
}

/**
 * All current state of these channels; of all without any. What happens after it has the snapshot's `head` before it.
 * @throws {NephoscopeError} when the server refuses
 */
export async function fetchSnapshot(
  options: ServerOptions & { channels?: readonly string[] | undefined; signal?: AbortSignal | undefined },
): Promise<Snapshot> {
  const channels = options.channels?.join(',')
  const answer = await request(options, 'api/snapshot', { channels }, 'application/json', options.signal)
  return answer.json()
}

/** GET, with the answer's media type checked. @throws {NephoscopeError} for every answer but a success */
export async function request(
  { url, token, fetch: get = fetch }: ServerOptions,
  path: string,
  query: Readonly<Record<string, string | undefined>>,
  type: 'application/json' | 'text/event-stream',
  signal?: AbortSignal,
): Promise<Response> {
  const address = addressOf(url, path)
  for (const [name, value] of Object.entries(query)) if (value !== undefined) address.searchParams.set(name, value)
  const answer = await get(address, {
    headers: { Accept: type, ...(token !== undefined && { Authorization: `Bearer ${token}` }) },
    cache: 'no-store',
    ...(signal && { signal }),
  })
  if (!answer.ok) throw new NephoscopeError(await reasonOf(answer, address), answer.status, retryAfterMs(answer))
  if (answer.headers.get('Content-Type')?.startsWith(type)) return answer
  await answer.body?.cancel()
  throw new NephoscopeError(`${address.origin} answers no ${type}: ${WRONG_ADDRESS}`, 404)
}

/** @throws {TypeError} for what is no address */
export function addressOf(url: string | URL, path = ''): URL {
  const here = globalThis.location?.href // in a browser
  const base = URL.canParse(url, here) ? new URL(url, here) : undefined
  if (base === undefined || !/^https?:$/.test(base.protocol))
    throw new TypeError(`url: '${String(url).slice(0, 200)}' is no address: write it like http://localhost:3000`)
  if (!base.pathname.endsWith('/')) base.pathname += '/'
  return new URL(path, base)
}

/** Where something else answers. */
export const WRONG_ADDRESS = 'is it the address of a Nephoscope?'
const MAX_REASON_CHARACTERS = 500

/** The one line of a refusal: `detail` of a problem document, or `error`. @see https://www.rfc-editor.org/rfc/rfc9457 */
async function reasonOf(answer: Response, { origin, pathname }: URL): Promise<string> {
  const { detail, error }: { detail?: unknown; error?: unknown } = (await answer.json().catch(() => null)) ?? {} // not JSON: of a proxy in between
  const reason = [detail, error].find(line => typeof line === 'string')
  const plain = `${origin}${pathname} answers ${answer.status}${answer.status === 404 ? `: ${WRONG_ADDRESS}` : ''}`
  return String(reason ?? plain).slice(0, MAX_REASON_CHARACTERS)
}

/** `Retry-After` in seconds; a date is not used. */
function retryAfterMs(answer: Response): number | undefined {
  const seconds = Number(answer.headers.get('Retry-After') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined
}
