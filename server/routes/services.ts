import { z } from 'zod'
import { Slug } from '../../shared/domain/primitives.ts'
import { Service } from '../../shared/domain/service.ts'
import type { Services } from '../../shared/services/service-table.ts'
import { route } from '../http/route.ts'

/** Services change with a release. */
export const getServices = route({
  method: 'get',
  path: '/api/services',
  summary: 'What clouds offer, to be kept for a day.',
  details: 'By provider and rank: `name`, `aliases`, `under`, the wider service. With an ETag and without `head`.',
  query: { provider: Slug.optional() },
  answers: { 200: z.object({ services: z.array(Service) }), 304: null },
  faults: [400],
  access: 'view',
  cache: { maxAgeS: 86_400 },
  handle: ({ query: { provider } }, { services }: { services: Services }) => ({
    services: [...services.values()]
      .filter(({ id }) => provider === undefined || id.startsWith(`${provider}/`))
      .map(({ keys: _, ...service }) => service),
  }),
})
