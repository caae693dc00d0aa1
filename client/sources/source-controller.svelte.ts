import type { Source } from '../../shared/domain/source.ts'
import type { AdminAccess, AskServer } from '../live/admin-access.svelte.ts'
import { readSourceList } from '../live/parse-messages.ts'
import type { Words } from '../words/en/page.ts'

export type SourceController = ReturnType<typeof sourceController>

export type SourceControllerDeps = {
  ask: AskServer
  admin: AdminAccess
  viewToken: () => string | null
  words: () => Words
}

/** The answer to a request for a poll, in plain words. `refused`: another admin token is needed. */
export type PollResult = { kind: 'accepted' | 'refused' | 'failed'; text: string }

/** Reads the sources as they are this second, and has the server poll one on demand. */
export function sourceController({ ask, admin, viewToken, words }: SourceControllerDeps) {
  let read = $state.raw<ReadonlyMap<string, Source>>(new Map())
  let canPollNow = $state(false)

  return {
    /** The sources of the last `refresh`; live events may be newer. */
    get read() {
      return read
    },
    get canPollNow() {
      return canPollNow
    },
    admin,
    /** Reads all sources. Keeps the last ones when the request fails. */
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
    async pollNow({ id, name }: Pick<Source, 'id' | 'name'>): Promise<PollResult> {
      const answer = await admin.ask(`/api/sources/${id}/poll`, 'POST')
      const say = words().sourcePage
      if (answer?.ok) return { kind: 'accepted', text: say.polled(name) }
      return failureOf(answer?.status, name, say)
    },
  }
}

function failureOf(status: number | undefined, name: string, say: Words['sourcePage']): PollResult {
  switch (status) {
    case undefined:
      return { kind: 'failed', text: say.unreachable(name) }
    case 401:
    case 403:
      return { kind: 'refused', text: say.wrongToken }
    case 404:
      return { kind: 'failed', text: say.notWatched(name) }
    case 429:
      return { kind: 'failed', text: say.tooManyTokens }
    default:
      return { kind: 'failed', text: say.answeredWith(status) }
  }
}
