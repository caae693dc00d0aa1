import type { Article } from '../../shared/domain/article.ts'
import { groupStories, type Story } from '../../shared/domain/group-stories.ts'
import type { Region } from '../../shared/domain/region.ts'
import { byNewest } from '../../shared/domain/view.ts'

const MOST_STORIES = 12

/** What was written of a region or of its country, newest first. */
export const regionNews = (articles: Iterable<Article>, { id, country }: Region): Story[] =>
  stories(articles, article => article.regions.includes(id) || article.countries.includes(country))

/** What was written of a provider, newest first. */
export const providerNews = (articles: Iterable<Article>, provider: string): Story[] =>
  stories(articles, article => article.providers.includes(provider))

const stories = (articles: Iterable<Article>, isOfPlace: (article: Article) => boolean): Story[] =>
  groupStories([...articles].filter(isOfPlace).sort(byNewest)).slice(0, MOST_STORIES)

/** What somebody said of a customer's story. `role` and `company` where the text gives them. */
export type Quote = { text: string; name: string; role: string | null; company: string | null }

/** Shorter quotations are titles and words that the writer keeps at a distance. */
const SHORTEST = 24

/** What opens a quotation, and all that may close it: „…“ and “…” share a mark. */
const closing: Readonly<Record<string, string>> = { '“': '”', '"': '"', '„': '“”', '«': '»' }

/** Who said it, behind the quotation: 'said Ada King, CTO at Contoso.' */
const speaker =
  /^[\s,.!?]{0,3}(?:(?:said|says|explained|explains|added|adds|noted|notes|recalled|recalls)\s{1,9}|[—–-]\s{0,9})(\p{Lu}[\p{L}\p{M}.'’-]{0,30}(?: (?:(?:van|von|de|da|der|den|di|la|le|bin|al) ){0,2}\p{Lu}[\p{L}\p{M}.'’-]{0,30}){0,3})(?:,\s{0,9}([^.;!?“”"]{2,160}))?/u

/**
 * The first quotation in a text that tells who said it; null where there is none. Told so by what follows: 'said NAME',
 * 'said NAME, ROLE at COMPANY' or a dash in place of the verb.
 */
export function quoteIn(summary: string): Quote | null {
  for (let open = 0; open < summary.length; open++) {
    const ends = closing[summary.charAt(open)]
    if (ends === undefined) continue
    const close = firstOf(summary, ends, open + 1)
    if (close < 0) return null
    const text = summary
      .slice(open + 1, close)
      .trim()
      .replace(/,$/, '')
    const said = text.length < SHORTEST ? null : speaker.exec(summary.slice(close + 1, close + 320))
    if (said?.[1] !== undefined) return { text, name: said[1].replace(/\.$/, ''), ...officeOf(said[2]) }
    open = close
  }
  return null
}

function firstOf(text: string, ends: string, from: number): number {
  for (let at = from; at < text.length; at++) if (ends.includes(text.charAt(at))) return at
  return -1
}

/** `CTO at Contoso`, `head of platform, Contoso` → role and company; what follows a further comma is the sentence going on. */
function officeOf(told: string | undefined): Pick<Quote, 'role' | 'company'> {
  if (told === undefined) return { role: null, company: null }
  const [first = '', second = ''] = told.split(',').map(part => part.trim())
  const at = first.lastIndexOf(' at ')
  if (at > 0) return { role: first.slice(0, at), company: first.slice(at + 4) }
  return { role: first, company: /^\p{Lu}/u.test(second) ? second : null }
}
