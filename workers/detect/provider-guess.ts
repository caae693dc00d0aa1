import { Slug } from '../../shared/domain/primitives.ts'

/**
 * Whose status an address tells, as its host says it: `https://www.githubstatus.com` → `github`. Where the host says nothing
 * (a number, a host of everybody's code) its path may. A guess, for a person to mend.
 * @param known providers of the catalogue: a host that names one means it
 */
export function guessProvider(url: string, known: ReadonlySet<string>): string {
  const { hostname, pathname } = new URL(url)
  const labels = hostname.split('.')
  const saysNothing = labels.length === 1 || /^[\d.]+$|^\[/.test(hostname) || codeHosts.test(hostname)
  const words = saysNothing ? pathname.split('/') : labels.slice(0, -1).reverse()
  const names = words.map(nameIn).filter(name => Slug.safeParse(name).success && !generic.has(name))
  return labels.find(label => known.has(label)) ?? names[0] ?? 'unnamed'
}

const codeHosts = /^(?:(?:www\.)?github\.com|raw\.githubusercontent\.com)$/

/** `githubstatus` → `github`, `our-notes.rss` → `our-notes` */
const nameIn = (word: string): string =>
  word
    .toLowerCase()
    .replace(/\.(?:rss|rdf|atom|xml|json)$/, '')
    .replace(/[^a-z\d-]/g, '-')
    .replace(/^status-?|-?status$/g, '')

/** What stands in addresses beside the name: parts of domains, of paths, and the engines that host pages. */
const generic = new Set(
  'co com org net gov ac edu www status statuspage health uptime api rss feed feeds page pages blog instatus betteruptime statusio public'.split(
    ' ',
  ),
)
