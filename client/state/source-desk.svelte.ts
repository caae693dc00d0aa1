import type { Source } from '../../shared/domain/source.ts'
import type { Words } from '../words/words.ts'
import { readSourceList } from './edge.ts'

export type SourceDesk = ReturnType<typeof sourceDesk>

export type SourceDeskDeps = {
  /** Asks this server. Rejects when it cannot be reached. */
  ask: (address: string, request: { method: 'GET' | 'POST'; headers: Record<string, string> }) => Promise<Response>
  /** The view token, when the reader has given one. */
  viewToken: () => string | null
  /** Where the admin token is kept until the tab is closed; null where that is forbidden. */
  storage: Storage | null
  words: () => Words
}

/** How a wish to poll a source now went, in plain words. `refused`: another token is wanted. */
export type Wish = { kind: 'granted' | 'refused' | 'failed'; text: string }

const ADMIN_TOKEN = 'nephoscope.admin'

/** What a person does with sources: looks at them as they are this second, and has one polled now. */
export function sourceDesk({ ask, viewToken, storage, words }: SourceDeskDeps) {
  let read = $state.raw<ReadonlyMap<string, Source>>(new Map())
  let canPollNow = $state(false)
  let adminToken = $state(storage?.getItem(ADMIN_TOKEN) ?? null)

  function keepToken(token: string | null): void {
    adminToken = token
    if (token === null) storage?.removeItem(ADMIN_TOKEN)
    else storage?.setItem(ADMIN_TOKEN, token)
  }

  return {
    /** The sources as they were last read; what events told since may be newer. */
    get read() {
      return read
    },
    /** Whether the server polls on demand at all. */
    get canPollNow() {
      return canPollNow
    },
    /** Whether an admin token was given and not refused since. */
    get hasToken() {
      return adminToken !== null
    },
    keepToken,
    /** Reads all sources anew; when that fails, what was read stays. */
    async refresh(): Promise<void> {
      const token = viewToken()
      const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` }
      const answer = await ask('/api/sources', { method: 'GET', headers }).catch(() => null)
      if (!answer?.ok) return
      const list = readSourceList(await answer.json().catch(() => null))
      if (!list.ok) return
      read = new Map(list.value.sources.map(source => [source.id, source]))
      canPollNow = list.value.canPollNow
    },
    /** Has a source polled now, with the token that was given. */
    async pollNow({ id, name }: Pick<Source, 'id' | 'name'>): Promise<Wish> {
      const headers = { authorization: `Bearer ${adminToken ?? ''}` }
      const answer = await ask(`/api/sources/${id}/poll`, { method: 'POST', headers }).catch(() => null)
      const say = words().sourcePage
      if (answer?.ok) return { kind: 'granted', text: say.polled(name) }
      if (answer?.status === 401) keepToken(null)
      return wishOf(answer?.status, name, say)
    },
  }
}

function wishOf(status: number | undefined, name: string, say: Words['sourcePage']): Wish {
  switch (status) {
    case undefined:
      return { kind: 'failed', text: say.unreachable(name) }
    case 401:
      return { kind: 'refused', text: say.wrongToken }
    case 404:
      return { kind: 'failed', text: say.notWatched(name) }
    case 429:
      return { kind: 'failed', text: say.tooManyTokens }
    default:
      return { kind: 'failed', text: say.answeredWith(status) }
  }
}
