export type AdminAccess = ReturnType<typeof adminAccess>

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** A request to this server. Rejects when it cannot be reached. */
export type AskServer = (
  address: string,
  request: { method: Method; headers: Record<string, string>; body?: string },
) => Promise<Response>

const ADMIN_TOKEN_KEY = 'nephoscope.admin'

/** Requests with the admin token that was given in this tab. `storage` is null where it is forbidden. */
export function adminAccess({ ask, storage }: { ask: AskServer; storage: Storage | null }) {
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
    async ask(address: string, method: Method, body?: object): Promise<Response | null> {
      const authorization = `Bearer ${token ?? ''}`
      const request = body
        ? { headers: { authorization, 'content-type': 'application/json' }, body: JSON.stringify(body) }
        : { headers: { authorization } }
      const answer = await ask(address, { method, ...request }).catch(() => null)
      if (answer?.status === 401) keep(null)
      return answer
    },
  }
}
