import { z } from 'zod'
import type { Component } from '../../shared/domain/component.ts'
import { fail, ok } from '../../shared/domain/result.ts'
import { type Status, severity } from '../../shared/domain/status.ts'
import { clip } from './clip.ts'
import { readJson } from './json-answer.ts'
import { listOf, word } from './lenient.ts'
import { readOracleFeed } from './oracle-feed.ts'
import { type OracleHit, oracleIncidents } from './oracle-incidents.ts'
import { ownWord } from './own-words.ts'
import { documentIn, withoutQuery } from './page-address.ts'
import { oneLine } from './plain-text.ts'
import type { ReadContext, Reader } from './reader.ts'
import { readingOf } from './reading-of.ts'
import { recordId } from './record-id.ts'

/**
 * Oracle Cloud Infrastructure in two documents: the health of every service in every region, with the ids of the incidents
 * that hit it and how bad they are there; and the feed that has their titles, times and words.
 * @see https://ocistatus.oraclecloud.com/
 */
export const oracleComponents: Reader = {
  kind: 'oracle-components',
  address: url => documentIn(url, '/api/v2/components.json', REPORT),
  also: url =>
    documentIn(withoutQuery(url).replace(REPORT, ''), '/api/v2/incident-summary.rss', /\/incident-summary\.rss$/),
  accept: 'application/json',
  complete: true,
  async read(answer, context) {
    const json = readJson(answer)
    if (!json.ok) return json
    const report = Report.safeParse(json.value)
    if (!report.success)
      return fail('the answer is JSON, but no Oracle report (`regionHealthReports` is missing): check the address')
    const regions = report.data.regionHealthReports.flatMap(entry => regionOf(entry, context) ?? [])
    if (regions.length === 0) return fail('no region can be read: each needs a regionCanonicalName or a regionId')
    if (answer.also === undefined)
      return fail('the feed of incidents was not fetched: it has an address of its own, /api/v2/incident-summary.rss')
    const items = await readOracleFeed(answer.also)
    if (!items.ok) return fail(`incidents: ${items.error}`)
    const { incidents, undated } = oracleIncidents(
      regions.flatMap(({ hits }) => hits),
      items.value,
      context,
    )
    // What a reading may hold is bounded: that every region is in it matters most.
    const components = [...regions.map(({ whole }) => whole), ...regions.flatMap(({ unwell }) => unwell)]
    return ok({ ...readingOf({ incidents, components }), undated })
  },
}

const REPORT = /\/api\/v2\/components(?:_v2)?\.json$/

const Hit = z.object({ incidentId: word, severity: word })
const Service = z.object({ serviceId: word, serviceName: word, serviceStatus: word, incidents: listOf(Hit, 100) })
const Region = z.object({
  regionId: word,
  regionName: word,
  regionCanonicalName: word,
  serviceHealthReports: listOf(Service, 1000),
})
const Report = z.object({ regionHealthReports: z.custom<unknown>(Array.isArray).pipe(listOf(Region, 500)) })

/**
 * A region as one component, as bad as its worst service; and its services that are not well. All services of all regions
 * would be thousands of components that say nothing.
 */
function regionOf(entry: z.output<typeof Region>, { source, places }: ReadContext) {
  const code = entry.regionCanonicalName || entry.regionId
  const name = oneLine(entry.regionName) || oneLine(code)
  if (code === '' || name === '') return null
  const byCode = places(source.provider, code.slice(0, 100)).regions
  const regions = byCode.length > 0 ? byCode : places(source.provider, name).regions
  const component = (native: string, title: string, health: Health): Component => ({
    id: recordId(source.id, native),
    provider: source.provider,
    name: clip(title, 200),
    ...health,
    regions,
  })
  const services = entry.serviceHealthReports.map(service => ({ ...service, health: healthOf(service) }))
  const unwell = services.filter(({ health }) => health.status !== 'operational')
  const hits = services.flatMap(({ serviceName, serviceId, incidents }) =>
    incidents
      .filter(({ incidentId }) => incidentId !== '')
      .map(
        (hit): OracleHit => ({
          incident: hit.incidentId,
          service: oneLine(serviceName || serviceId),
          region: name,
          regions,
          status: healthIn(hit.severity).status,
        }),
      ),
  )
  return {
    hits,
    whole: component(code, name, worstOf(services.map(({ health }) => health))),
    unwell: unwell.map(({ serviceId, serviceName, health }) =>
      component(`${code}.${serviceId || serviceName}`, `${oneLine(serviceName || serviceId)}, ${name}`, health),
    ),
  }
}

type Health = Pick<Component, 'status' | 'rawStatus'>

/** A service is no better than its incidents, as far as their words are understood. */
function healthOf({ serviceStatus, incidents }: z.output<typeof Service>): Health {
  const hits = incidents.map(incident => healthIn(incident.severity)).filter(({ status }) => status !== 'unknown')
  return worstOf([healthIn(serviceStatus), ...hits])
}

function healthIn(raw: string): Health {
  const status = rules.find(([rule]) => rule.test(raw.slice(0, 80)))?.[1] ?? 'unknown'
  return { status, rawStatus: status === 'unknown' ? ownWord(raw) : null }
}

/** Known are NormalPerformance and the families of ServiceDegradation, ServiceDisruption and ServiceOutage. */
const rules: readonly [RegExp, Status][] = [
  [/^(?:normal|operational)/i, 'operational'],
  [/maintenance/i, 'under_maintenance'],
  [/outage/i, 'major_outage'],
  [/disruption/i, 'partial_outage'],
  [/degrad/i, 'degraded_performance'],
]

/** Trouble first; then a word that nobody knows, for among such none is well for certain. Of none: unknown. */
function worstOf(parts: Health[]): Health {
  const rank = ({ status }: Health): number => (status === 'unknown' ? 0.5 : severity[status])
  const [first = { status: 'unknown', rawStatus: null }, ...others] = parts
  return others.reduce((a, b) => (rank(b) > rank(a) ? b : a), first)
}
