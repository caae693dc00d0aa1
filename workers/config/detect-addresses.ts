import { decodeText } from '../formats/answer.ts'
import type { HttpOutcome } from '../http/http.ts'
import { BROWSER_WANTED } from '../http/outcome.ts'
import { webUrl, withoutQuery } from '../text/web-url.ts'

/** Where the page of a provider has its data, by the page's host and path. */
const elsewhere: readonly (readonly [page: RegExp, url: string])[] = [
  [/^status\.cloud\.google\.com\//, 'https://status.cloud.google.com/incidents.json'],
  [/^(?:www\.)?google\.com\/appsstatus\b/, 'https://www.google.com/appsstatus/dashboard/incidents.json'],
  [/^(?:azure\.status\.microsoft|status\.azure\.com)\//, 'https://rssfeed.azure.status.microsoft/en-us/status/feed/'],
  [/^(?:health|status|phd)\.aws\.amazon\.com\//, 'https://health.aws.amazon.com/public/currentevents'],
  [/^status\.slack\.com\//, 'https://slack-status.com'],
  [/^status\.cloud\.microsoft\/(?!api\/posts\/)/, 'https://status.cloud.microsoft/api/posts/mac'],
]

/** The address of the data of a provider's own page; null for other pages. */
export function knownAddress(url: string): string | null {
  const { hostname, pathname } = new URL(url)
  const known = elsewhere.find(([page]) => page.test(hostname + pathname))?.[1] ?? null
  return known === withoutQuery(url) ? null : known
}

/**
 * The homes of a page inside a status page: `…/history`, `…/incidents/x` and `…/api/v2/incidents.json` belong to what is
 * before them, and that may have a language: `…/en/history`.
 */
export function homesOf(url: string): string[] {
  const { origin, pathname } = new URL(url)
  const parts = pathname.split('/').filter(part => part !== '')
  const inner = parts.findIndex(part => innerParts.has(part.toLowerCase().replace(/\.[a-z]{3,5}$/, '')))
  const home = inner < 0 ? parts : parts.slice(0, inner)
  const isLocal = /^[a-z]{2}(?:-[a-z]{2})?$/i.test(home.at(-1) ?? '')
  const homes = [...(inner < 0 ? [] : [home]), ...(isLocal ? [home.slice(0, -1)] : [])]
  return homes.map(names => [origin, ...names].join('/'))
}

/** Pages and documents inside a status page. */
const innerParts = new Set(
  'history incidents incident maintenance maintenances scheduled_maintenance scheduled-maintenances uptime api subscribe posts components calendar past-incidents events notices issues index home dashboard summary'.split(
    ' ',
  ),
)

/** Documents that stand beside a page, of formats that do not look for them themselves. */
export const documentsBeside = (home: string): string[] => {
  const bare = withoutQuery(home).replace(/\/$/, '')
  return ['incidents.json', 'public/currentevents', 'api/incidents', 'feed/', 'history.rss', 'history.atom'].map(
    name => `${bare}/${name}`,
  )
}

/** The feeds that a web page names with `<link rel="alternate">`, at most five. */
export function feedsNamedBy(answer: HttpOutcome): string[] {
  if (answer.kind !== 'fresh') return []
  const html = decodeText(answer).slice(0, MAX_CHARS)
  const tags = [...html.matchAll(/<link\s[^<>]{1,1000}>/gi)].map(([tag]) => tag)
  const feeds = tags
    .filter(
      tag => /\brel\s?=\s?["']?alternate\b/i.test(tag) && /\btype\s?=\s?["']?application\/(?:rss|atom)\+xml/i.test(tag),
    )
    .flatMap(tag => {
      const [, quoted, bare] = /\bhref\s?=\s?(?:["']([^"']{1,900})["']|([^\s"'<>]{1,900}))/i.exec(tag) ?? []
      return webUrl((quoted ?? bare ?? '').replaceAll('&amp;', '&'), answer.url) ?? []
    })
  return [...new Set(feeds)].slice(0, 5)
}

const MAX_CHARS = 200_000

/** Whether a host sent a challenge instead of the page: no program gets further there. */
export const asksForBrowser = (answer: HttpOutcome): boolean =>
  answer.kind === 'failed'
    ? answer.reason.endsWith(BROWSER_WANTED)
    : answer.kind === 'fresh' && challengePage.test(Buffer.from(answer.body.subarray(0, 20_000)).toString('latin1'))

const challengePage =
  /<title>Just a moment\.{3}<|\/cdn-cgi\/challenge-platform\/|awsWafCookieDomainList|_Incapsula_Resource/
