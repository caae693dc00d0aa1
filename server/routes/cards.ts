import { z } from 'zod'
import { parseChannel } from '../../shared/domain/channels.ts'
import type { Incident } from '../../shared/domain/incident.ts'
import type { RecordId } from '../../shared/domain/primitives.ts'
import { KeyQuery } from '../http/request.ts'
import { answerIfNew, route } from '../http/route.ts'
import { cardOf, versionOf } from '../outward/card.ts'
import type { CardPictures } from '../outward/card-pictures.ts'
import type { SubjectFacts } from '../outward/subject.ts'
import { forAnySite } from './subjects.ts'

export type CardDeps = {
  facts: () => SubjectFacts
  /** An incident that is no longer in the view, as long as it is kept. */
  findIncident(id: RecordId): Promise<Incident | undefined>
  cards: CardPictures
  basePath: string
}

const cards = [
  { path: '/card/all.png', summary: 'All regions as the card of a link.' },
  { path: '/card/region/:provider/:code.png', summary: 'A region as the card of a link.' },
  { path: '/card/provider/:provider.png', summary: 'A provider as the card of a link.' },
  { path: '/card/incident/:source/:id.png', summary: 'An incident as the card of a link.' },
  { path: '/card/stack/:stack.png', summary: 'A stack as the card of a link.' },
] as const

/** The pictures that chats show beside a link; pages name them in `og:image`. */
export const cardRoutes = cards.map(({ path, summary }) =>
  route({
    method: 'get',
    path,
    summary,
    details: 'A PNG of 1200 × 630: state, since when, place, title. Sent to `/card.png` while too many are drawn.',
    query: { ...KeyQuery, v: z.string().max(64).optional() },
    ignoresOtherQuery: true,
    answers: { 200: 'image/png', 302: null, 304: null },
    faults: [404],
    access: 'view',
    async handle({ ctx, query: { v } }, { facts, findIncident, cards, basePath }: CardDeps) {
      const channel = /^\/card\/(.*)\.png$/.exec(ctx.path)?.[1] ?? ''
      const parts = parseChannel(channel)
      if (!parts.ok) return ctx.throw(404, parts.error)
      const known = facts()
      const id = parts.value.kind === 'incident' ? parts.value.incident : null
      const incident = id === null ? undefined : (known.view.incidents.get(id) ?? (await findIncident(id)))
      const card = cardOf(parts.value, { ...known, incident })
      if (card === null) return ctx.throw(404, `nothing is known here of '${channel.slice(0, 80)}'`)
      const version = versionOf(card)
      const picture = await cards(version, card, channel.slice(channel.lastIndexOf('/') + 1))
      forAnySite(ctx)
      if (picture === null || picture === 'busy') {
        ctx.set('Cache-Control', 'no-store')
        ctx.redirect(`${basePath}/card.png`)
        return
      }
      ctx.set('Cache-Control', v === version ? 'max-age=31536000, immutable' : 'no-cache')
      answerIfNew(ctx, version, 'image/png', picture)
    },
  }),
)
