/** What a person says in a customer story. `role` and `company` are null where the text does not give them. */
export type Quote = { text: string; name: string; role: string | null; company: string | null }

/** Shorter quotations are titles and ironic quotes. */
const MIN_LENGTH = 24

/** Opening quotation marks and the marks that may close them: „…“ and “…” share one. */
const closing: Readonly<Record<string, string>> = { '“': '”', '"': '"', '„': '“”', '«': '»' }

/** The attribution behind a quotation: 'said Ada King, CTO at Contoso.' Its counts are bounded: it runs on any text. */
const speaker =
  /^[\s,.!?]{0,3}(?:(?:said|says|explained|explains|added|adds|noted|notes|recalled|recalls)\s{1,9}|[—–-]\s{0,9})(\p{Lu}[\p{L}\p{M}.'’-]{0,30}(?: (?:(?:van|von|de|da|der|den|di|la|le|bin|al) ){0,2}\p{Lu}[\p{L}\p{M}.'’-]{0,30}){0,3})(?:,\s{0,9}([^.;!?“”"]{2,160}))?/u

/**
 * The first quotation with an attribution; null without one. The attribution follows the quotation: 'said NAME',
 * 'said NAME, ROLE at COMPANY', or a dash in place of the verb.
 */
export function quoteIn(summary: string): Quote | null {
  for (let open = 0; open < summary.length; open++) {
    const ends = closing[summary.charAt(open)]
    if (ends === undefined) continue
    const close = indexOfAny(summary, ends, open + 1)
    if (close < 0) return null
    const text = summary
      .slice(open + 1, close)
      .trim()
      .replace(/,$/, '')
    const said = text.length < MIN_LENGTH ? null : speaker.exec(summary.slice(close + 1, close + 320))
    if (said?.[1] !== undefined) return { text, name: said[1].replace(/\.$/, ''), ...parseRole(said[2]) }
    open = close
  }
  return null
}

function indexOfAny(text: string, marks: string, from: number): number {
  for (let at = from; at < text.length; at++) if (marks.includes(text.charAt(at))) return at
  return -1
}

/** `CTO at Contoso`, `head of platform, Contoso` → role and company. After a second comma the sentence goes on. */
function parseRole(text: string | undefined): Pick<Quote, 'role' | 'company'> {
  if (text === undefined) return { role: null, company: null }
  const [first = '', second = ''] = text.split(',').map(part => part.trim())
  const at = first.lastIndexOf(' at ')
  if (at > 0) return { role: first.slice(0, at), company: first.slice(at + 4) }
  return { role: first, company: /^\p{Lu}/u.test(second) ? second : null }
}
