import { z } from 'zod'
import { fail, ok, type Result } from '../../shared/domain/result.ts'
import { listOf, word } from './lenient.ts'

/** An incident of any version of Cachet. What is absent is ''; dates and status are unread. */
export type CachetIncident = {
  id: string
  name: string
  message: string
  status: string
  occurred: string
  created: string
  updated: string
  scheduled: string
  link: string
  components: { name: string; status: string }[]
  updates: { id: string; message: string; status: string; created: string }[]
}

/** The list of incidents in an answer, one shape for all versions, without those that cannot be read; `total` counts all. */
export function readCachet(json: unknown): Result<{ entries: CachetIncident[]; total: number }> {
  const page = Page.safeParse(json)
  if (!page.success) return fail('the answer is JSON, but no Cachet list (`data` is missing): check the address')
  const { data, included } = page.data
  const byName = new Map(included.map(resource => [`${resource.type}/${resource.id}`, resource]))
  const entries = data.flatMap(entry => {
    const resource = Resource.safeParse(entry)
    if (resource.success) return [fromResource(resource.data, byName)]
    const plain = Plain.safeParse(entry)
    return plain.success ? [fromPlain(plain.data)] : []
  })
  return ok({ entries, total: data.length })
}

/** Versions 1 and 2. @see https://docs.cachethq.io/v2.x/api/incidents */
const PlainComponent = z.object({ name: word, status: word })
const PlainUpdate = z.object({ id: word, message: word, status: word, created_at: word })
const Plain = z.object({
  id: word,
  name: word,
  message: word,
  status: word,
  latest_status: word,
  occurred_at: word,
  created_at: word,
  updated_at: word,
  scheduled_at: word,
  permalink: word,
  component: PlainComponent.nullish().catch(null),
  updates: listOf(PlainUpdate, 500),
})

const fromPlain = (entry: z.output<typeof Plain>): CachetIncident => ({
  ...entry,
  status: entry.latest_status || entry.status,
  occurred: entry.occurred_at,
  created: entry.created_at,
  updated: entry.updated_at,
  scheduled: entry.scheduled_at,
  link: entry.permalink,
  components: entry.component ? [entry.component] : [],
  updates: entry.updates.map(({ created_at, ...update }) => ({ ...update, created: created_at })),
})

/** Version 3: JSON:API. @see https://docs.cachethq.io/v3.x/api-reference/incidents/list-incidents */
const Stamp = z.object({ string: word }).catch({ string: '' })
const Code = z.object({ value: word }).catch({ value: '' })
const Reference = z.object({ type: word, id: word })
const References = z.object({ data: listOf(Reference, 500) }).catch({ data: [] })
const Resource = z.object({
  id: word,
  type: word,
  attributes: z.object({ name: word, message: word, status: Code, occurred: Stamp, created: Stamp, updated: Stamp }),
  relationships: z
    .object({ components: References, updates: References })
    .catch({ components: { data: [] }, updates: { data: [] } }),
})
type Resource = z.output<typeof Resource>

const Page = z.object({
  data: z.custom<unknown[]>(Array.isArray).transform(entries => entries.slice(0, 1000)),
  included: listOf(Resource, 10_000),
})

function fromResource({ id, attributes, relationships }: Resource, byName: Map<string, Resource>): CachetIncident {
  const included = ({ data }: z.output<typeof References>) =>
    data.flatMap(reference => byName.get(`${reference.type}/${reference.id}`) ?? [])
  return {
    id,
    name: attributes.name,
    message: attributes.message,
    status: attributes.status.value,
    occurred: attributes.occurred.string,
    created: attributes.created.string,
    updated: attributes.updated.string,
    scheduled: '',
    link: '',
    components: included(relationships.components).map(component => ({
      name: component.attributes.name,
      status: component.attributes.status.value,
    })),
    updates: included(relationships.updates).map(update => ({
      id: update.id,
      message: update.attributes.message,
      status: update.attributes.status.value,
      created: update.attributes.created.string,
    })),
  }
}
