export type AdminAccess = ReturnType<typeof adminAccess>

/** Asks this server. Rejects when it cannot be reached. */
export type AskServer = (
  address: string,
  request: { method: 'GET' | 'POST' | 'PATCH' | 'DELETE'; headers: Record<string, string>; body?: string },
) => Promise<Response>

export type AdminAccessDeps = {
  ask: AskServer
  /** Where the admin token is kept until the tab is closed; null where that is forbidden. */
  storage: Storage | null
}

const ADMIN_TOKEN = 'nephoscope.admin'

/** What a person may do who was given the admin token, in this tab. */
export function adminAccess({ ask, storage }: AdminAccessDeps) {
  let token = $state(storage?.getItem(ADMIN_TOKEN) ?? null)

  /** Null: it was refused, or is not wanted any more. */
  function keep(next: string | null): void {
    token = next
    if (next === null) storage?.removeItem(ADMIN_TOKEN)
    else storage?.setItem(ADMIN_TOKEN, next)
  }

  return {
    /** Null until one is given, and after it was refused. */
    get token() {
      return token
    },
    keep,
    /** Asks with the token; null when the server cannot be reached. A token that is refused is dropped. */
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
