import { z } from 'zod'
import { fail, ok } from '../../shared/domain/primitives.ts'
import type { Component } from '../../shared/domain/status.ts'
import { oneLine } from '../text/plain-text.ts'
import { documentIn } from '../text/web-url.ts'
import { listOf, readJsonList, word } from './json.ts'
import type { ReadContext, Reader } from './reader.ts'
import { groupedPart, readingOf } from './reading.ts'

/**
 * Gatus: a bare array of endpoints with their results, oldest first; one result each is requested. It knows up and
 * down, and no incidents.
 * @see https://github.com/TwiN/gatus#api
 */
export const gatus: Reader = {
  address: url => documentIn(url, '/api/v1/endpoints/statuses?page=1&pageSize=1', /\/endpoints\/statuses$/),
  accept: 'application/json',
  complete: true,
  detection: { tried: 'anywhere' },
  async read(answer, context) {
    const json = readJsonList(answer, 'endpoints')
    if (!json.ok) return json
    const endpoints = listOf(Endpoint, 3000).parse(json.value)
    const reading = readingOf({ components: endpoints.flatMap(endpoint => componentOf(endpoint, context) ?? []) })
    if (json.value.length > 0 && reading.components.length === 0) {
      return fail(`none of the ${json.value.length} endpoints can be read: each needs a key, a name and results`)
    }
    return ok(reading)
  },
}

const Outcome = z.object({ success: z.boolean() })
const Endpoint = z.object({
  name: word,
  group: word,
  key: word,
  results: z.custom<unknown>(Array.isArray).pipe(listOf(Outcome, 1000)),
})

function componentOf(endpoint: z.output<typeof Endpoint>, context: ReadContext): Component | null {
  const name = oneLine(endpoint.name)
  if (endpoint.key === '' || name === '') return null
  return {
    ...groupedPart(endpoint.key, name, oneLine(endpoint.group), context),
    status: statusOf(endpoint.results.at(-1)?.success),
    rawStatus: null,
  }
}

const statusOf = (success: boolean | undefined): Component['status'] =>
  success === undefined ? 'unknown' : success ? 'operational' : 'major_outage'
