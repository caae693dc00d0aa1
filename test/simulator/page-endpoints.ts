import type { SourceKind } from '../../shared/domain/source.ts'
import { betterstackPage } from './formats/betterstack.ts'
import { cachetIncidents } from './formats/cachet.ts'
import { gatusStatuses } from './formats/gatus.ts'
import { herokuStatus } from './formats/heroku.ts'
import { instatusSummary } from './formats/instatus.ts'
import { slackCurrent } from './formats/slack.ts'
import { statusHistory } from './formats/status-history.ts'
import { statusioStatus } from './formats/statusio.ts'
import { statuspageSummary } from './formats/statuspage.ts'
import { upptimeSummary } from './formats/upptime.ts'
import { kumaHeartbeats, kumaPage } from './formats/uptime-kuma.ts'
import type { Engine, Rendered, StatusPage, World } from './world.ts'

/** Where a page is served: `configured` is what a sources file names, the documents are what is fetched for it. */
export type PageAddresses = {
  kind: SourceKind
  configured: string
  documents: { path: string; cacheControl: string | null; render: (world: World, now: number) => Rendered }[]
}

/** The addresses of a page, as its engine lays them out. */
export function addressesOf(page: StatusPage): PageAddresses {
  const { kind, base, documents } = engines[page.engine]
  return {
    kind,
    configured: base(page.name),
    documents: documents.map(({ path, cacheControl = null, render }) => ({
      path: path(page.name),
      cacheControl,
      render: (world, now) => render(page, world, now),
    })),
  }
}

type Document = {
  path(name: string): string
  cacheControl?: string
  render(page: StatusPage, world: World, now: number): Rendered
}
type Layout = { kind: SourceKind; base(name: string): string; documents: Document[] }

const folder = (kind: string) => (name: string) => `/${kind}/${name}`

/** One document below the page's address. */
const below = (kind: SourceKind, base: Layout['base'], path: string, render: Document['render']): Layout => ({
  kind,
  base,
  documents: [{ path: name => base(name) + path, render }],
})

/** Statuspage lets nobody keep its answers. */
const statuspage: Layout = {
  kind: 'statuspage',
  base: folder('statuspage'),
  documents: [
    {
      path: name => `/statuspage/${name}/api/v2/summary.json`,
      cacheControl: 'max-age=0, private, must-revalidate',
      render: statuspageSummary,
    },
  ],
}

const engines: Readonly<Record<Engine, Layout>> = {
  statuspage,
  'incident.io': statuspage,
  instatus: below('instatus', folder('instatus'), '/v3/summary.json', instatusSummary),
  statusio: below('statusio', name => `/statusio/1.0/status/${name}`, '', statusioStatus),
  betterstack: below('betterstack', folder('betterstack'), '/index.json', betterstackPage),
  cachet: below('cachet', folder('cachet'), '/api/v1/incidents', cachetIncidents),
  'uptime-kuma': {
    kind: 'uptime-kuma',
    base: folder('status'),
    documents: [
      { path: folder('api/status-page'), render: kumaPage },
      { path: folder('api/status-page/heartbeat'), render: kumaHeartbeats },
    ],
  },
  gatus: below('gatus', folder('gatus'), '/api/v1/endpoints/statuses', gatusStatuses),
  upptime: below('upptime', folder('upptime'), '/history/summary.json', upptimeSummary),
  slack: below('slack', folder('slack'), '/api/v2.0.0/current', slackCurrent),
  heroku: below('heroku', folder('heroku'), '/api/v4/current-status', herokuStatus),
  'rss-status': below('rss-status', name => `/rss-status/${name}/history.atom`, '', statusHistory),
}
