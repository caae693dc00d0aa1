import { z } from 'zod'
import { Service } from '../../shared/domain/service.ts'
import type { Services } from '../../shared/services/service-table.ts'
import { Name } from '../http/request.ts'
import { route } from '../http/route.ts'
import type { Known } from '../live/known-channels.ts'
import { demandKnown } from './kinds.ts'

/** Services change with a release. */
export const getServices = route({
  method: 'get',
  path: '/api/services',
  summary: 'What clouds offer, to be kept for a day.',
  details: 'By provider and rank: `name`, `aliases`, `under`, the wider service. With an ETag and without `head`.',
  query: { provider: Name.optional() },
  answers: { 200: z.object({ services: z.array(Service) }), 304: null },
  faults: [400],
  access: 'view',
  cache: { maxAgeS: 86_400 },
  handle({ ctx, query }, { services, known }: { services: Services; known: Known }) {
    demandKnown(ctx, query, known)
    const asked = [...services.values()].filter(
      ({ id }) => query.provider === undefined || id.startsWith(`${query.provider}/`),
    )
    return { services: asked.map(({ keys: _, ...service }) => service) }
  },
})
