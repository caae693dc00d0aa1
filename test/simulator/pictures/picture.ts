import sharp from 'sharp'
import { articleNamed } from '../web-pages.ts'
import type { Article, Feed, World } from '../world.ts'
import { portrait } from './portrait.ts'
import { arcs, cables, cells, chart, hall, hills, rings, skyline } from './scenes.ts'
import { type Brush, drawing } from './svg.ts'

/** The picture of an article, a JPEG: drawn of its topic, and always the same; undefined where there is no article. */
export async function pictureNamed(world: World, slug: string): Promise<Buffer | undefined> {
  const found = articleNamed(world, slug)
  return (
    found &&
    sharp(Buffer.from(svgOf(found)))
      .jpeg({ quality: 88, mozjpeg: true })
      .toBuffer()
  )
}

type Scene = (brush: Brush) => string

const svgOf = ({ feed, article }: { feed: Feed; article: Article }): string =>
  article.quote ? portrait(article.quote.name) : drawing(article.title, sceneOf(feed, article))

/** By the first tag that has a scene, else by the publication. */
const sceneOf = ({ name }: Feed, { tags }: Article): Scene =>
  tags.flatMap(tag => byTag[tag] ?? [])[0] ?? byFeed[name] ?? skyline

const byTag: Readonly<Record<string, Scene>> = {
  cables,
  repair: cables,
  latency: arcs,
  routes: arcs,
  bgp: arcs,
  anycast: arcs,
  energy: hills,
  water: hills,
  heat: skyline,
  carbon: hills,
  pricing: chart,
  sla: chart,
  security: rings,
  identity: rings,
  kubernetes: cells,
  serverless: cells,
  containers: cells,
  lambda: cells,
  cooling: hall,
  power: hall,
  density: hall,
  region: skyline,
  sovereignty: skyline,
}

const byFeed: Readonly<Record<string, Scene>> = {
  'cloud-gazette': arcs,
  'the-rack': hall,
  'region-watch': skyline,
  'green-grid': hills,
  'latency-letter': arcs,
  'deploy-daily': cells,
  'ledger-and-load': chart,
  'perimeter-post': rings,
  'subsea-dispatch': cables,
}
