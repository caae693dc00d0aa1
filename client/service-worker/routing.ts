/** How long to wait for the server's page before the cached one is shown. */
const PAGE_TIMEOUT_MS = 3_000

export type PageAnswerDeps = { ask: () => Promise<Response>; shell: () => Promise<Response> }

/** The server's answer; the cached page when none comes in time, or a proxy answers with 5xx. */
export async function pageAnswer({ ask, shell }: PageAnswerDeps): Promise<Response> {
  const answer = ask().then(
    response => (response.status < 500 ? response : null),
    () => null,
  )
  return (await Promise.race([answer, later(PAGE_TIMEOUT_MS)])) ?? shell()
}

const later = (ms: number): Promise<null> => new Promise(resolve => setTimeout(() => resolve(null), ms))

/** How the worker answers a request; null: it does not, and the browser goes to the network. */
export type Route = 'page' | 'shell' | null

/** Paths that only the server answers and that are never cached. */
const serverOnly =
  /^(?:api|socket\.io|feeds|hooks|badge|card|embed|calendar|oembed|img|statuspage|metrics|queues|session|sign-in|sign-out|healthz|readyz)(?:\/|$)/i

/**
 * @param shell the paths of the built files
 * @param scope the address below which the worker serves pages, with a slash at its end
 */
export function routeOf(
  { method, mode, url }: Pick<Request, 'method' | 'mode' | 'url'>,
  shell: ReadonlySet<string>,
  scope: string,
): Route {
  const address = new URL(url)
  if (method !== 'GET' || !url.startsWith(scope)) return null
  if (serverOnly.test(address.pathname.slice(new URL(scope).pathname.length))) return null
  if (shell.has(address.pathname)) return 'shell'
  return mode === 'navigate' ? 'page' : null
}
