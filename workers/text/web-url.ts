import { WebUrl } from '../../shared/domain/primitives.ts'

/**
 * A link from outside → an absolute http(s) address without credentials; null for anything else, such as `javascript:`.
 */
export function webUrl(link: string, base?: string): string | null {
  const url = parse(link, base)
  if (url === null || !/^https?:$/.test(url.protocol)) return null
  url.username = ''
  url.password = ''
  return WebUrl.safeParse(url.href).data ?? null
}

/**
 * The same without what follows readers around (tracking and session parameters) or leads to the comments, so that one
 * article has one address.
 */
export function canonicalUrl(link: string, base?: string): string | null {
  const address = webUrl(link, base)
  if (address === null || !/[?#;]/.test(address)) return address
  const url = new URL(address)
  for (const [name, value] of [...url.searchParams]) if (isTracking(name, value)) url.searchParams.delete(name)
  if (sessionInPath.test(url.pathname)) url.pathname = url.pathname.replace(sessionInPath, '')
  if (besideArticle.test(url.hash)) url.hash = ''
  return url.href
}

/** An address as one key for both schemes; not a link. Plain addresses stay as they are written. */
export function secureUrl(link: string): string {
  const address = /[?#;]/.test(link) ? (canonicalUrl(link) ?? link) : link
  return address.replace(/^http:/i, 'https:')
}

/** What is left of an address where scheme, `www.`, a last slash and the above make no difference; not a link. */
export const storyUrl = (link: string): string =>
  (/[?#;]/.test(link) ? (canonicalUrl(link) ?? link) : link)
    .replace(/^https?:\/\/(?:www\.)?/i, '')
    .replace(/\/(?=$|[?#])/, '')

function parse(link: string, base: string | undefined): URL | null {
  const trimmed = link.trim()
  if (trimmed === '' || trimmed.length > 4096) return null
  try {
    return new URL(trimmed, base)
  } catch {
    return null
  }
}

const names = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/))

const trackers = names(
  `fbclid gclid dclid gbraid wbraid gclsrc gad_source msclkid twclid ttclid yclid ysclid igshid li_fat_id epik mibextid
  mc_cid mc_eid mkt_tok _hsenc _hsmi __hstc __hssc __hsfp hsctatracking ocid wt.mc_id sc_channel sc_campaign sc_cid
  trk trkcampaign at_medium at_campaign cmpid cmp xtor ito icid ncid smid spm scm s_cid _openstat oly_enc_id oly_anon_id
  vero_id ck_subscriber_id srsltid guccounter _ga _gl rb_clickid ns_mchannel ns_source ns_campaign ns_linkname ns_fee`,
)
const trackerFamilies = /^(?:utm|mtm|matomo|pk|piwik|hsa|elqtrack)_?[a-z]/i
/** Names that count only with the name of a feed as their value: `ref=rss`. */
const referrers = names('ref source src from partner via feed feature origin cid campaign output')
const feedNames = /^(?:rss|atom|feed|feedburner|rssfeed|rss2|rss_feed|feed-main|xml)\b/i
const sessions = names('phpsessid jsessionid sessionid session_id asp.net_sessionid cfid cftoken oscsid zenid')
/** Names that count only with the value of a session: `sid` is a story's number elsewhere. */
const shortSessions = names('sid s session sess')
const sessionValue = /^(?=.{0,64}\d)[a-f\d]{16,64}$/i
const sessionInPath = /;(?:jsessionid|phpsessid)=[^/]{0,200}/i
const besideArticle =
  /^#(?:comments?|respond|replies|reply|disqus_thread|comment-?\d{1,12}|:~:.*|(?:ref|xtor|utm_\w{1,20}|echobox|rss|feed|ftag|sf)\b=?.*)$/i

function isTracking(name: string, value: string): boolean {
  const lower = name.toLowerCase()
  if (trackers.has(lower) || sessions.has(lower) || trackerFamilies.test(name) || /^aspsessionid/.test(lower))
    return true
  return referrers.has(lower) ? feedNames.test(value) : shortSessions.has(lower) && sessionValue.test(value)
}

/**
 * The address of a status page or of its document → the document's. `path` begins with a slash; `document` is matched
 * against the address without query and fragment.
 */
export function documentIn(url: string, path: string, document: RegExp): string {
  const bare = withoutQuery(url)
  return document.test(bare) ? url : `${bare.replace(/\/$/, '')}${path}`
}

/**
 * Whether `second` follows `first`. Each index is searched once: a pattern would try every `first` with every `second`.
 */
export function containsInOrder(text: string, first: string, second: string): boolean {
  const at = text.indexOf(first)
  return at >= 0 && text.includes(second, at + first.length)
}

/** The address up to its query or fragment. */
export function withoutQuery(url: string): string {
  const end = url.search(/[?#]/)
  return end < 0 ? url : url.slice(0, end)
}
