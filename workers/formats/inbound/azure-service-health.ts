import { z } from 'zod'
import { fail, type Instant, ok } from '../../../shared/domain/primitives.ts'
import type { Impact, Stage } from '../../../shared/domain/status.ts'
import { mergePlaces } from '../../places/places.ts'
import { parseDate } from '../../text/dates.ts'
import { noteOrigin } from '../fragments.ts'
import { listOf, word } from '../json.ts'
import { lookUp, openLifecycleOf } from '../status-words.ts'
import { type InboundContext, type InboundReader, postReading, privateIncident, type Told } from './inbound-reader.ts'

/**
 * Azure Service Health and Resource Health, as an action group posts them: in the common alert schema, or as the record
 * of the activity log. Every property is text; the list of services is JSON in a text.
 * @see https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-common-schema
 * @see https://learn.microsoft.com/azure/service-health/service-health-notifications-properties
 */
export const azureServiceHealth: InboundReader = {
  read(post, context) {
    const parsed = Alert.safeParse(post)
    if (!parsed.success) return fail('the post is no alert of Azure: an action group posts to this address')
    const { essentials, alertContext, context: own } = parsed.data.data
    const record = alertContext ?? own?.activityLog
    if (record === undefined)
      return fail('the alert is of another kind: use rules for Service Health or Resource Health')
    const target = essentials.alertTargetIDs[0] || record.resourceId || record.subscriptionId
    const at = parseDate(record.eventTimestamp) ?? parseDate(record.submissionTimestamp)
    const saidAt = at ?? parseDate(essentials.firedDateTime)
    const { trackingId, currentHealthStatus } = record.properties
    const isOver = essentials.monitorCondition === 'Resolved' || /^resolved$/i.test(record.status)
    if (trackingId === '' && currentHealthStatus === '')
      return fail(
        'the alert has neither a trackingId nor a currentHealthStatus: use rules for Service or Resource Health',
      )
    const told =
      trackingId === '' ? resourceTold(record, target, isOver, saidAt) : eventTold(record, target, saidAt, context)
    return ok(postReading([noteOrigin(privateIncident(told, context), post)]))
  },
}

const Properties = z.object({
  title: word,
  defaultLanguageTitle: word,
  communication: word,
  defaultLanguageContent: word,
  communicationId: word,
  service: word,
  region: word,
  incidentType: word,
  stage: word,
  trackingId: word,
  impactStartTime: word,
  impactMitigationTime: word,
  impactedServices: word,
  details: word,
  currentHealthStatus: word,
  cause: word,
})
const Log = z.object({
  level: word,
  status: word,
  eventTimestamp: word,
  submissionTimestamp: word,
  eventDataId: word,
  resourceId: word,
  subscriptionId: word,
  properties: Properties,
})
type Log = z.output<typeof Log>
const noEssentials = { alertTargetIDs: [], firedDateTime: '', monitorCondition: '' }
const Alert = z.object({
  data: z.object({
    essentials: z
      .object({ alertTargetIDs: listOf(z.string(), 10), firedDateTime: word, monitorCondition: word })
      .default(noEssentials),
    alertContext: Log.optional().catch(undefined),
    context: z.object({ activityLog: Log }).optional().catch(undefined),
  }),
})

/** An event of Service Health: the incident that the public page may tell under the same id. */
function eventTold(log: Log, target: string, saidAt: Instant | null, { source, places }: InboundContext): Told {
  const { properties } = log
  const title = properties.title || properties.defaultLanguageTitle
  const text = properties.communication || properties.defaultLanguageContent
  const { services, regions } = impactOn(properties)
  const startedAt = parseDate(properties.impactStartTime)
  const endedAt = parseDate(properties.impactMitigationTime)
  const isMaintenance = properties.incidentType === 'Maintenance'
  const status = isMaintenance ? maintenanceStage(properties.stage, startedAt, saidAt) : stageOf(log, title, text)
  return {
    native: properties.trackingId,
    kind: isMaintenance ? 'maintenance' : 'incident',
    title,
    status,
    impact: isMaintenance ? 'maintenance' : properties.incidentType === 'Incident' ? impactOf(log.level) : 'none',
    where: mergePlaces(regions.map(region => places(source.provider, region.slice(0, 200)))),
    services,
    startedAt,
    saidAt,
    endedAt,
    ...(isMaintenance && { scheduledFor: startedAt, scheduledUntil: endedAt }),
    url: linkTo(properties.trackingId, target),
    words: { id: properties.communicationId || log.eventDataId || (saidAt ?? ''), text },
  }
}

const stageOf = ({ status, properties: { stage } }: Log, title: string, text: string): Stage => {
  if (/^rca$/i.test(stage)) return 'postmortem'
  return /^resolved$/i.test(stage || status) ? 'resolved' : openLifecycleOf(title, text)
}

const maintenanceStages = new Map<string, Stage>([
  ['planned', 'scheduled'],
  ['rescheduled', 'scheduled'],
  ['inprogress', 'in_progress'],
  ['canceled', 'completed'],
  ['resolved', 'completed'],
  ['complete', 'completed'],
])
/** 'Active' says that the notice is, not the work. */
const maintenanceStage = (stage: string, from: Instant | null, at: Instant | null): Stage =>
  lookUp(maintenanceStages, stage) ?? (from !== null && at !== null && from <= at ? 'in_progress' : 'scheduled')

/** In words, or as the numbers of .NET's `EventLevel`. */
const impacts = new Map<string, Impact>([
  ['critical', 'critical'],
  ['1', 'critical'],
  ['error', 'major'],
  ['2', 'major'],
])
const impactOf = (level: string): Impact => lookUp(impacts, level) ?? 'minor'

const Impacted = z.object({ ServiceName: word, ImpactedRegions: listOf(z.object({ RegionName: word }), 200) })

/** The list of services and their regions; else the names that stand beside it, with commas between them. */
function impactOn({ impactedServices, service, region }: Log['properties']): { services: string[]; regions: string[] } {
  const listed = listOf(Impacted, 500).parse(valueIn(impactedServices))
  if (listed.length === 0) return { services: service.split(/,\s*/), regions: region.split(/,\s*/).slice(0, 200) }
  const regions = listed.flatMap(one => one.ImpactedRegions.map(({ RegionName }) => RegionName))
  return { services: listed.map(({ ServiceName }) => ServiceName), regions: [...new Set(regions)].slice(0, 200) }
}

function valueIn(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

/** Azure's own short link: the id of the event, then the ends of the subscription's id. */
function linkTo(trackingId: string, target: string): string | null {
  if (!/^[\w-]{1,40}$/.test(trackingId)) return null
  const [, subscription = ''] = /^\/?(?:subscriptions\/)?([\da-f-]{36})/i.exec(target) ?? []
  const ends = subscription.slice(0, 3) + subscription.slice(-3)
  return `https://app.azure.com/h/${trackingId}${ends && `/${ends}`}`
}

const healthImpacts = new Map<string, Impact>([
  ['unavailable', 'major'],
  ['degraded', 'minor'],
  ['unknown', 'minor'],
])

/** The health of one resource of the account. The alert does not say where it is. */
function resourceTold({ properties, eventDataId }: Log, target: string, isOver: boolean, saidAt: Instant | null): Told {
  const { title, details, currentHealthStatus, cause } = properties
  const [, type = '', name = ''] = /\/providers\/[^/]+\/([^/]+)\/([^/]+)/i.exec(target) ?? []
  const isWell = isOver || currentHealthStatus === 'Available'
  return {
    native: `resource ${target.toLowerCase()}`,
    title: [name, title || currentHealthStatus].filter(Boolean).join(': '),
    status: isWell ? 'resolved' : 'investigating',
    rawStatus: currentHealthStatus,
    impact: cause === 'UserInitiated' ? 'none' : (lookUp(healthImpacts, currentHealthStatus) ?? 'none'),
    where: mergePlaces([]),
    // 'virtualMachines' is 'Virtual Machines'
    services: [type.replace(/([a-z])([A-Z])/g, '$1 $2')],
    startedAt: isWell ? null : saidAt,
    saidAt,
    url: null,
    words: { id: eventDataId || (saidAt ?? ''), text: details || title },
  }
}
