import { z } from 'zod'
import { ascending } from '../../shared/domain/order.ts'
import { Component } from '../../shared/domain/status.ts'
import { Name } from '../http/request.ts'
import type { Current } from '../live/current.ts'
import { stateRoute } from './kinds.ts'

/** The snapshot has only those that are not operational. */
export const getComponents = stateRoute({
  path: '/api/components',
  summary: 'The parts that status pages list, well or not.',
  details: 'Each with the `group` that it stands under, where it has one.',
  query: { provider: Name.optional() },
  answer: { components: z.array(Component) },
  handle: ({ query: { provider } }, { current }: { current: Current }) => ({
    components: [...current.view.components.values()]
      .filter(component => provider === undefined || component.provider === provider)
      .sort(ascending('id')),
  }),
})
