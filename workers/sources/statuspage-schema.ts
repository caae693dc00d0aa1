import { z } from 'zod'
import { unread } from './entries.ts'
import { listOf, word } from './lenient.ts'

/** @see https://developer.statuspage.io/#tag/incidents */
/** A component as an incident names it: by `id`, or in its updates by `code`. */
const Named = z.object({ id: word, code: word, name: word })

const Update = z.object({
  id: word,
  status: word,
  body: word,
  created_at: word,
  display_at: word,
  affected_components: listOf(Named, 500),
})

export const StatuspageEntry = z.object({
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
export type StatuspageEntry = z.output<typeof StatuspageEntry>

export const StatuspageComponent = z.object({
  id: word,
  name: word,
  status: word,
  group_id: word,
  group: z
    .unknown()
    .transform(group => group === true)
    .prefault(false),
})

export type StatuspageComponent = z.output<typeof StatuspageComponent>

/** The lists are read one by one: incident.io leaves them null. */
export const Summary = z.object({
  page: z.object({}),
  components: unread,
  incidents: unread,
  scheduled_maintenances: unread,
})
