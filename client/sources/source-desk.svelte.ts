import type { Source } from '../../shared/domain/source.ts'
import type { AdminAccess, AskServer } from '../live/admin-access.svelte.ts'
import { readSourceList } from '../live/parse-messages.ts'
import type { Words } from '../words/en/page.ts'

export type SourceDesk = ReturnType<typeof sourceDesk>

export type SourceDeskDeps = {
  ask: AskServer
  admin: AdminAccess
  /** The view token, when the reader has given one. */
  viewToken: () => string | null
  words: () => Words
}

/** How a wish to poll a source now went, in plain words. `refused`: another token is wanted. */
export type Wish = { kind: 'granted' | 'refused' | 'failed'; text: string }

/** What a person does with sources: looks at them as they are this second, and has one polled now. */
export function sourceDesk({ ask, admin, viewToken, words }: SourceDeskDeps) {
  let read = $state.raw<ReadonlyMap<string, Source>>(new Map())
  let canPollNow = $state(false)

  return {
    /** The sources as they were last read; what events told since may be newer. */
    get read() {
      return read
    },
    /** Whether the server polls on demand at all. */
    get canPollNow() {
      return canPollNow
    },
    /** Polling on demand needs it. */
    admin,
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
      const answer = await admin.ask(`/api/sources/${id}/poll`, 'POST')
      const say = words().sourcePage
      if (answer?.ok) return { kind: 'granted', text: say.polled(name) }
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
