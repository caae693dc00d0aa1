import { pages } from './pages.ts'
import type { Feed, World } from './world.ts'

/** A world in which nothing has happened yet. */
export const newWorld = (origin: string, isDemo = false): World => ({
  origin,
  revision: 0,
  incidents: [],
  pages,
  feeds: publications(),
  faults: new Map(),
  isDemo,
})

/** The publications of the simulated world, all of them invented, with no article yet. */
export const publications = (): Feed[] => [
  publication('cloud-gazette', 'Cloud Gazette', 'rss', ['cloud'], 'News of the public clouds'),
  publication('the-rack', 'The Rack', 'rdf', ['datacenters'], 'What stands in the halls, and who builds them'),
  publication('region-watch', 'Region Watch', 'atom', ['datacenters'], 'New regions, zones and where they stand'),
  publication('green-grid', 'Green Grid', 'json', ['sustainability'], 'Power, water and carbon of the data centres'),
  publication('latency-letter', 'Latency Letter', 'rss', ['networking'], 'Routes, cables and round trips'),
  publication('deploy-daily', 'Deploy Daily', 'atom', ['reliability'], 'For those who run it'),
  publication('ledger-and-load', 'Ledger and Load', 'json', ['pricing'], 'What the clouds cost and what they earn'),
  publication('perimeter-post', 'Perimeter Post', 'rss', ['security'], 'Security for people with pagers'),
  publication(
    'subsea-dispatch',
    'Subsea Dispatch',
    'rdf',
    ['networking'],
    'Cables, landings and the ships between them',
  ),
  publication('well-built', 'Well Built', 'json', ['customer-stories'], 'What companies make of the clouds'),
]

const publication = (
  name: string,
  title: string,
  format: Feed['format'],
  topics: readonly string[],
  about: string,
): Feed => ({ name, title, format, topics, about, articles: [] })
