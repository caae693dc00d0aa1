import { z } from 'zod'
import { fail, ok, toInstant } from '../../shared/domain/primitives.ts'
import type { Component, Impact, Status } from '../../shared/domain/status.ts'
import { clip, oneLine } from '../text/plain-text.ts'
import { documentIn } from '../text/web-url.ts'
import { noteOrigin, readOrigins } from './fragments.ts'
import { listOf, readEntries, readJson, word } from './json.ts'
import type { ReadContext, Reader, ReadIncident } from './reader.ts'
import { readingOf, recordId, serviceNames } from './reading.ts'
import { lookUp, openLifecycleOf, ownWord } from './status-words.ts'

/**
 * The health of Azure DevOps: its services in each geography, and one sentence about the whole. There are no incidents,
 * so a service that is not healthy in a geography is one, from the reading that first says so. A geography is wider
 * than any region and stays a name.
 * @see https://learn.microsoft.com/rest/api/azure/devops/status/health/get
 */
export const azureDevops: Reader = {
  address: url => documentIn(url, '/_apis/status/health?api-version=7.1-preview.1', /\/_apis\/status\/health$/),
  accept: 'application/json',
  complete: true,
  detection: {
    tried: 'at-home',
    isHome: url => /^https?:\/\/status\.dev\.azure\.com(?:\/|$)|\/_apis\/status\/health$/.test(url),
  },
  async read(answer, context) {
    const json = readJson(answer)
    if (!json.ok) return json
    const page = Health.safeParse(json.value)
    if (!page.success)
      return fail('the answer is JSON, but not the health of Azure DevOps (`services` is no list): check the address')
    const pairs = readEntries(page.data.services, {
      what: 'services',
      needs: 'an id and a geography with its health',
      schema: Service,
      max: 100,
      read: pairsOf,
    })
    if (!pairs.ok) return pairs
    if (pairs.value.length === 0) return fail('the health lists no service: it tells nothing')
    const unwell = pairs.value.filter(({ health }) => !/^healthy$/i.test(health.trim()))
    const incidents = readOrigins(unwell, pair => incidentOf(pair, page.data.status, context))
    const components = pairs.value.map(pair => componentOf(pair, context))
    return ok({ ...readingOf({ incidents, components }), undated: incidents.map(({ id }) => id) })
  },
}

const Geography = z.object({ id: word, name: word, health: word })
const Service = z.object({ id: word, geographies: listOf(Geography, 100) })
const Whole = z.object({ message: word }).catch({ message: '' })
const Health = z.object({ status: Whole, services: z.custom<unknown[]>(Array.isArray) })

/** A service in a geography. */
type Pair = { native: string; name: string; health: string }

function pairsOf(service: z.output<typeof Service>): Pair[] | null {
  const name = oneLine(service.id)
  const pairs = service.geographies
    .filter(({ id, health }) => id !== '' && health !== '')
    .map(geography => {
      const native = `${name}.${geography.id}`.replace(/\s+/g, '-')
      return noteOrigin({ native, name: `${name}, ${oneLine(geography.id)}`, health: geography.health }, geography)
    })
  return name === '' || pairs.length === 0 ? null : pairs
}

/** An advisory is about something that works. */
const statuses = new Map<string, Status>([
  ['healthy', 'operational'],
  ['advisory', 'operational'],
  ['degraded', 'degraded_performance'],
  ['unhealthy', 'major_outage'],
])
const impacts = new Map<string, Impact>([
  ['advisory', 'none'],
  ['degraded', 'minor'],
  ['unhealthy', 'critical'],
])

function componentOf({ native, name, health }: Pair, { source }: ReadContext): Component {
  const status = lookUp(statuses, health)
  return {
    id: recordId(source.id, native),
    provider: source.provider,
    name: clip(name, 200),
    status: status ?? 'unknown',
    rawStatus: status === null ? ownWord(health) : null,
    regions: [],
  }
}

/** The sentence about the whole is all that is said of an incident. */
function incidentOf(pair: Pair, whole: z.output<typeof Whole>, { source, now }: ReadContext): ReadIncident {
  const message = oneLine(whole.message)
  const at = toInstant(now)
  const incident: ReadIncident = {
    id: recordId(source.id, pair.native),
    provider: source.provider,
    kind: 'incident',
    title: clip(message || pair.name, 300),
    status: openLifecycleOf('', message),
    rawStatus: lookUp(statuses, pair.health) === null ? ownWord(pair.health) : null,
    impact: lookUp(impacts, pair.health) ?? 'minor',
    scope: 'unspecified',
    regions: [],
    services: serviceNames([pair.name]),
    startedAt: at,
    updatedAt: at,
    resolvedAt: null,
    scheduledFor: null,
    scheduledUntil: null,
    url: source.url,
    updates: [],
  }
  return noteOrigin(incident, whole, pair)
}
