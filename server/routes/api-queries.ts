import { z } from 'zod'
import { Country, RegionId, Slug } from '../../shared/domain/primitives.ts'
import { SourceKind, sourceStates } from '../../shared/domain/source.ts'
import { Status } from '../../shared/domain/status.ts'
import { Paging } from '../http/paging.ts'

export const RegionsQuery = {
  provider: Slug.optional(),
  country: z.string().toUpperCase().pipe(Country).optional(),
  status: Status.optional(),
}
const question = z.string().trim().min(1, 'must not be empty').max(100, 'must be at most 100 characters')

export const ArticlesQuery = {
  provider: Slug.optional(),
  topic: Slug.optional(),
  region: RegionId.optional(),
  country: z.string().toUpperCase().pipe(Country).optional(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/, "must be a language such as 'en' or 'de-at'")
    .optional(),
  q: question.optional(),
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
export const SearchQuery = { q: question }
