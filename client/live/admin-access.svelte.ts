export type AdminAccess = ReturnType<typeof adminAccess>

/** A request to this server. Rejects when it cannot be reached. */
export type AskServer = (
  address: string,
  request: { method: 'GET' | 'POST' | 'PATCH' | 'DELETE'; headers: Record<string, string>; body?: string },
) => Promise<Response>

export type AdminAccessDeps = {
  ask: AskServer
  /** Keeps the admin token until the tab is closed; null where storage is forbidden. */
  storage: Storage | null
}

const ADMIN_TOKEN_KEY = 'nephoscope.admin'

/** Requests with the admin token that was given in this tab. */
export function adminAccess({ ask, storage }: AdminAccessDeps) {
  let token = $state(storage?.getItem(ADMIN_TOKEN_KEY) ?? null)

  /** Null removes it. */
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
    async ask(address: string, method: 'GET' | 'POST' | 'PATCH' | 'DELETE', body?: object): Promise<Response | null> {
      const headers = {
        authorization: `Bearer ${token ?? ''}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      }
      const answer = await ask(address, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) }).catch(
        () => null,
      )
      if (answer?.status === 401) keep(null)
      return answer
    },
  }
}
