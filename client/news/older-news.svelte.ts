import type { Article } from '../../shared/domain/article.ts'
import type { Instant } from '../../shared/domain/primitives.ts'
import { readArticlePage } from '../live/parse-messages.ts'

export type OlderNews = ReturnType<typeof olderNews>

const PAGE = 200
/** Stands behind every id: pages are in the order of time and id, and of the last instant none may be missed. */
const BEHIND_ALL_IDS = 'z'.repeat(65)

/** Articles older than those that are told live, page by page. `ask` is a GET; `take` is given each page. */
export function olderNews(ask: (address: string) => Promise<Response>, take: (articles: Article[]) => void) {
  let phase = $state<'idle' | 'loading' | 'failed' | 'done'>('idle')
  let wanted: Readonly<Record<string, string>> = {}
  let next: string | null = null
  /** An answer to what is no longer wanted is thrown away. */
  let question = 0

  return {
    get phase() {
      return phase
    },
    /** Begins anew with those that pass: parameters of `GET /api/articles`, of which an empty one asks for nothing. */
    want(filter: Readonly<Record<string, string>>): void {
      wanted = filter
      next = null
      question += 1
      phase = 'idle'
    },
    /** Reads one page: the one behind `oldest`, and after that the one behind the last. */
    async more(oldest: Instant): Promise<void> {
      if (phase === 'loading' || phase === 'done') return
      phase = 'loading'
      question += 1
      const asked = question
      const before = next ?? `${oldest}_${BEHIND_ALL_IDS}`
      const given = Object.entries({ ...wanted, limit: String(PAGE), before }).filter(([, value]) => value !== '')
      const answer = await ask(`/api/articles?${new URLSearchParams(given)}`).catch(() => null)
      const page = answer?.ok ? readArticlePage(await answer.json().catch(() => null)) : null
      if (asked !== question) return
      if (!page?.ok) {
        phase = 'failed'
        return
      }
      take(page.value.articles)
      next = page.value.next
      phase = next === null ? 'done' : 'idle'
    },
  }
}
