import { z } from 'zod'
import { unread } from './entries.ts'
import { listOf, word } from './lenient.ts'

const Affected = z.object({ status_page_resource_id: word, status: word })
const Reference = z.object({ id: word })

/** Of a section, a resource, a report or an update: what the others do not have is ''. */
const Attributes = z.object({
  name: word,
  public_name: word,
  status: word,
  status_page_section_id: word,
  title: word,
  report_type: word,
  starts_at: word,
  ends_at: word,
  aggregate_state: word,
  affected_resources: listOf(Affected, 500),
  message: word,
  published_at: word,
  status_report_id: word,
})

export const BetterstackEntry = z.object({
  id: word,
  type: word,
  attributes: Attributes.catch(Attributes.parse({})),
  relationships: z
    .object({ status_updates: z.object({ data: listOf(Reference, 500) }) })
    .catch({ status_updates: { data: [] } }),
})
export type Included = z.output<typeof BetterstackEntry>

/** @see https://betterstack.com/docs/uptime/api/status-page-reports-api-response-params/ */
export const BetterstackPage = z.object({
  data: z.object({ type: z.literal('status_page') }),
  included: unread,
})
