export type AdminAccess = ReturnType<typeof adminAccess>

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** A request to this server. Rejects when it cannot be reached. */
export type AskServer = (
  address: string,
  request: { method: Method; headers: Record<string, string>; body?: string },
) => Promise<Response>

const ADMIN_TOKEN_KEY = 'nephoscope.admin'

export type AdminAccessDeps = {
  ask: AskServer
  /** Null where it is forbidden. */
  storage: Storage | null
  /** The token that this tab reads with; null where reading is open. */
  viewToken: () => string | null
}

/** Requests with the admin token that was given in this tab. */
export function adminAccess({ ask, storage, viewToken }: AdminAccessDeps) {
  let token = $state(storage?.getItem(ADMIN_TOKEN_KEY) ?? null)

  function keep(next: string | null): void {
    token = next
    if (next === null) storage?.removeItem(ADMIN_TOKEN_KEY)
    else storage?.setItem(ADMIN_TOKEN_KEY, next)
  }

  return {
    /** Null before one is given and after it was refused. */
    get token() {
      return token
    },
    keep,
    /** Null when the server cannot be reached. A refused token is removed. */
    ask: (address: string, method: Method, body?: object): Promise<Response | null> =>
      send(token ?? '', address, method, body),
    /** The same with a secret for this one request; without it with the admin token, else the one that reads. */
    askAs: (secret: string | null, address: string, method: Method, body?: object): Promise<Response | null> =>
      send(secret ?? token ?? viewToken() ?? '', address, method, body),
  }

  async function send(secret: string, address: string, method: Method, body?: object): Promise<Response | null> {
    const authorization: Record<string, string> = secret === '' ? {} : { authorization: `Bearer ${secret}` }
    const request = body
      ? { headers: { ...authorization, 'content-type': 'application/json' }, body: JSON.stringify(body) }
      : { headers: authorization }
    const answer = await ask(address, { method, ...request }).catch(() => null)
    if (answer?.status === 401 && secret === token) keep(null)
    return answer
  }
}
