import { z } from 'zod'
import { listOf, word } from './lenient.ts'

/** @see https://developer.statuspage.io/#tag/incidents */
const Named = z.object({ name: word })

const Update = z.object({
  id: word,
  status: word,
  body: word,
  created_at: word,
  display_at: word,
  affected_components: listOf(Named, 500),
})

const Entry = z.object({
  id: word,
  name: word,
  status: word,
  impact: word,
  created_at: word,
  started_at: word,
  updated_at: word,
  resolved_at: word,
  scheduled_for: word,
  scheduled_until: word,
  shortlink: word,
  components: listOf(Named, 500),
  incident_updates: listOf(Update, 500),
})
export type StatuspageEntry = z.output<typeof Entry>

const Component = z.object({
  id: word,
  name: word,
  status: word,
  group_id: word,
  group: z
    .unknown()
    .transform(group => group === true)
    .prefault(false),
})

export const SummarySchema = z.object({
  page: z.object({}),
  components: listOf(Component, 5000),
  incidents: listOf(Entry, 500),
  scheduled_maintenances: listOf(Entry, 500),
})
export type Summary = z.output<typeof SummarySchema>
