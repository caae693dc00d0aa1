/** How long a page is waited for, in ms, before the reader gets the one that is kept. */
const PATIENCE = 3_000

export type PageAnswerDeps = {
  ask: () => Promise<Response>
  shell: () => Promise<Response>
}

/** The server's own answer; the kept page where there is none in time, or a proxy answers that nobody is behind it. */
export async function pageAnswer({ ask, shell }: PageAnswerDeps): Promise<Response> {
  const answer = ask().then(
    response => (response.status < 500 ? response : null),
    () => null,
  )
  return (await Promise.race([answer, later(PATIENCE)])) ?? shell()
}

const later = (ms: number): Promise<null> => new Promise(resolve => setTimeout(() => resolve(null), ms))

/** How the worker answers a request; null: it does not, and the browser asks as if there were no worker. */
export type Route = 'page' | 'shell' | null

/** What only the server can answer and nobody may find in a cache. */
const serverOnly = /^\/(?:api|socket\.io|feeds|hooks|badge|embed|statuspage|metrics|healthz|readyz)(?:\/|$)/i

/**
 * @param shell the paths of the built files
 * @param origin the worker's own
 */
export function routeOf(
  { method, mode, url }: Pick<Request, 'method' | 'mode' | 'url'>,
  shell: ReadonlySet<string>,
  origin: string,
): Route {
  const address = new URL(url)
  if (method !== 'GET' || address.origin !== origin || serverOnly.test(address.pathname)) return null
  if (shell.has(address.pathname)) return 'shell'
  return mode === 'navigate' ? 'page' : null
}
