import { z } from 'zod'
import { Country, RegionId, Slug } from '../../shared/domain/primitives.ts'
import { SourceKind } from '../../shared/domain/source.ts'
import { sourceStates } from '../../shared/domain/source-state.ts'
import { Status } from '../../shared/domain/status.ts'
import { Paging } from '../page-of.ts'

export const RegionsQuery = {
  provider: Slug.optional(),
  country: z.string().toUpperCase().pipe(Country).optional(),
  status: Status.optional(),
}
export const ArticlesQuery = {
  provider: Slug.optional(),
  topic: Slug.optional(),
  region: RegionId.optional(),
  country: z.string().toUpperCase().pipe(Country).optional(),
  ...Paging,
}
export const ProbesQuery = {
  region: RegionId.optional(),
  provider: Slug.optional(),
}
export const SourcesQuery = {
  provider: Slug.optional(),
  kind: SourceKind.optional(),
  state: z.enum([...sourceStates, 'all']).default('all'),
}
export const SearchQuery = {
  q: z.string().trim().min(1, 'must not be empty').max(100, 'must be at most 100 characters'),
}
