import { z } from 'zod'
import type { Component } from '../../shared/domain/component.ts'
import type { Incident } from '../../shared/domain/incident.ts'
import { fail, type Result } from '../../shared/domain/result.ts'
import type { Status } from '../../shared/domain/status.ts'
import { clip } from './clip.ts'
import { one, readEntries, unread } from './entries.ts'
import { readJson } from './json-answer.ts'
import { listOf, word } from './lenient.ts'
import { ownWord } from './own-words.ts'
import { oneLine } from './plain-text.ts'
import type { ReadContext, Reader } from './reader.ts'
import { readingOfLists } from './reading-of.ts'
import { recordId } from './record-id.ts'
import { StatusioEntry, type StatusioPlace, statusioIncident } from './statusio-incident.ts'

/**
 * Status.io's public status: components by containers (which often are places), what is open and what is planned.
 * @see https://kb.status.io/developers/public-status-api/
 */
export const statusio: Reader = {
  kind: 'statusio',
  /** A page on its own domain does not tell its id, so that the address of the answer itself is configured. */
  address: url => url,
  accept: 'application/json',
  complete: true,
  async read(answer, context) {
    const json = readJson(answer)
    if (!json.ok) return json
    const page = Page.safeParse(json.value)
    if (!page.success)
      return fail(
        'the answer is JSON, but no Status.io status (`result.status_overall` is missing, or `maintenance` no object): use https://api.status.io/1.0/status/<page id>',
      )
    const { status, incidents, maintenance } = page.data.result
    return readingOfLists({
      incidents: [
        incidentsIn(incidents, 'incidents', context),
        incidentsIn(maintenance?.active, 'active', context),
        incidentsIn(maintenance?.upcoming, 'upcoming', context),
      ],
      components: [componentsIn(status, context)],
    })
  },
}

const Container = z.object({ id: word, name: word, status: word, status_code: word })
const Part = Container.extend({ containers: listOf(Container, 100) })
const Page = z.object({
  result: z.object({
    status_overall: z.object({}),
    status: unread,
    incidents: unread,
    maintenance: z.object({ active: unread, upcoming: unread }).nullish(),
  }),
})

const incidentsIn = (list: unknown, place: StatusioPlace, context: ReadContext): Result<Incident[]> =>
  readEntries(list, {
    what: place === 'incidents' ? 'incidents' : `${place} maintenances`,
    needs: 'an _id, a name and a datetime_open',
    schema: StatusioEntry,
    max: 500,
    read: entry => one(statusioIncident(place, entry, context)),
  })

const componentsIn = (list: unknown, context: ReadContext): Result<Component[]> =>
  readEntries(list, {
    what: 'components',
    needs: 'an id and a name',
    schema: Part,
    max: 1000,
    read: part => componentsOf(part, context),
  })

/** A part that runs in several containers is a component in each, for it may be well in one and not in another. */
function componentsOf(part: z.output<typeof Part>, context: ReadContext): Component[] | null {
  const name = oneLine(part.name)
  if (part.id === '' || name === '') return null
  const [first, ...others] = part.containers
  if (others.length === 0) return [componentOf(part, part.id, name, first?.name ?? '', context)]
  return part.containers.map(container => {
    const native = `${part.id}.${container.id || container.name}`
    return componentOf(container, native, `${name}, ${oneLine(container.name)}`, container.name, context)
  })
}

function componentOf(
  { status: raw, status_code }: z.output<typeof Container>,
  native: string,
  name: string,
  container: string,
  { source, places }: ReadContext,
): Component {
  const status = statuses.get(status_code.trim())
  const there = places(source.provider, container).regions
  return {
    id: recordId(source.id, native),
    provider: source.provider,
    name: clip(name, 200),
    status: status ?? 'unknown',
    rawStatus: status === undefined ? ownWord(raw || status_code) : null,
    regions: there.length > 0 ? there : places(source.provider, name).regions,
  }
}

/** 600 is a security event: the worst that there is. @see https://kb.status.io/developers/status-codes/ */
const statuses = new Map<string, Status>([
  ['100', 'operational'],
  ['200', 'under_maintenance'],
  ['300', 'degraded_performance'],
  ['400', 'partial_outage'],
  ['500', 'major_outage'],
  ['600', 'major_outage'],
])
