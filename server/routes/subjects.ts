import type { Context } from 'koa'
import type { Channel } from '../../shared/domain/channels.ts'
import { descending } from '../../shared/domain/order.ts'
import type { BaseUrl } from '../http/base-url.ts'
import type { Known } from '../live/known-channels.ts'
import { badge } from '../outward/badge.ts'
import { embed, embedIncident, embedPolicy } from '../outward/embed.ts'
import { nameOfProvider } from '../outward/status-summary.ts'
import { type Subject, type SubjectFacts, subjectOf } from '../outward/subject.ts'
import { channelRoute } from './kinds.ts'
import { channelParts } from './outward.ts'

export type SubjectDeps = { facts: () => SubjectFacts; known: Known; base: BaseUrl; basePath: string }

const badges = [
  { path: '/badge/region/:provider/:code.svg', summary: 'A region as a badge.' },
  { path: '/badge/region/:provider/:code/:service.svg', summary: 'A service in a region as a badge.' },
  { path: '/badge/service/:provider/:service.svg', summary: 'A service as a badge, the worst of its regions.' },
  { path: '/badge/provider/:provider.svg', summary: 'A provider as a badge, the worst that is known of it.' },
  { path: '/badge/vendor/:vendor.svg', summary: 'A vendor as a badge, watched or not.' },
  { path: '/badge/stack/:stack.svg', summary: 'A stack as a badge: what certainly or likely concerns it.' },
] as const

const cache = { maxAgeS: 30 }

export const badgeRoutes = badges.map(({ path, summary }) =>
  channelRoute({
    path,
    summary,
    details: 'A shape, a word and a colour; unknown when a part of it is not known.',
    type: 'image/svg+xml',
    cache,
    handle({ ctx }, { facts, known }: SubjectDeps) {
      const channel = /^\/badge\/(.*)\.svg$/.exec(ctx.path)?.[1] ?? ''
      const { name, summary } = subjectAt(ctx, channel, facts(), known)
      forAnySite(ctx)
      return badge(name, summary.status, summary.services)
    },
  }),
)

const frames = [
  { path: '/embed/region/:provider/:code', summary: 'A region as a small page for a frame.' },
  { path: '/embed/region/:provider/:code/:service', summary: 'A service in a region as a frame.' },
  { path: '/embed/service/:provider/:service', summary: 'A service as a frame.' },
  { path: '/embed/vendor/:vendor', summary: 'A vendor as a frame.' },
  { path: '/embed/stack/:stack', summary: 'A stack as a frame.' },
] as const

export const frameRoutes = frames.map(({ path, summary }) =>
  channelRoute({
    path,
    summary,
    details: 'For an `iframe` on any site, without a script: state, last incident.',
    type: 'text/html',
    cache,
    handle({ ctx, query: { key } }, { facts, known, base, basePath }: SubjectDeps) {
      const channel = ctx.path.slice('/embed/'.length)
      const now = facts()
      const { name, summary, incidents } = subjectAt(ctx, channel, now, known)
      const [incident] = incidents.sort(descending('updatedAt'))
      forAnySite(ctx)
      ctx.set('Content-Security-Policy', embedPolicy)
      return embed({
        name,
        summary,
        incident,
        badge: `${basePath}/badge/${channel}.svg${key === undefined ? '' : `?key=${encodeURIComponent(key)}`}`,
        home: base(ctx),
        simulated: now.view.settings.simulated,
      })
    },
  }),
)

export const incidentFrameRoute = channelRoute({
  path: '/embed/incident/:source/:id',
  summary: 'An incident as a frame: its stage, since when, the last words.',
  details: 'As long as it is in the snapshot.',
  type: 'text/html',
  cache,
  handle({ ctx, params }, { facts, base }: SubjectDeps) {
    const { view, catalogue } = facts()
    const incident = view.incidents.get(`${params.source}/${params.id}`)
    if (incident === undefined) return ctx.throw(404, 'there is no such incident, or not any more')
    forAnySite(ctx)
    ctx.set('Content-Security-Policy', embedPolicy)
    const provider = nameOfProvider(incident.provider, { view, catalogue })
    return embedIncident(incident, { provider, home: base(ctx), simulated: view.settings.simulated })
  },
})

/** The subject of a channel; a 404 in one line where there is none. */
function subjectAt(ctx: Context, channel: Channel, facts: SubjectFacts, known: Known): Subject {
  return (
    subjectOf(channelParts(ctx, channel, known), facts) ?? throwUnwatched(ctx, channel.slice(channel.indexOf('/') + 1))
  )
}

export const throwUnwatched = (ctx: Context, provider: string): never =>
  ctx.throw(
    404,
    `'${provider.slice(0, 64)}' is not watched here: GET /api/sources lists the sources and their providers`,
  )

/** Pages of any site may show this answer. All other answers are for our own pages. */
export const forAnySite = (ctx: Context): void => ctx.set('Cross-Origin-Resource-Policy', 'cross-origin')
