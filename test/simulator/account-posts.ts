import type { InboundFormat } from '../../shared/domain/source.ts'
import { awsArn, serviceCode } from './native-ids.ts'
import { regionName } from './regions.ts'
import type { StepOf } from './step.ts'
import type { Incident } from './world.ts'

/** What a cloud posts to the account of who watches it: the body, and the format of the source that takes it. */
export type AccountPost = { on: StepOf<'tell'>['on']; format: InboundFormat; body: string }

/** A step that tells the account → the post of its cloud. @param id of the incident, as its public word has it */
export function accountPost(step: StepOf<'tell'>, id: string, at: number): AccountPost {
  const { format, render } = clouds[step.on]
  return { on: step.on, format, body: JSON.stringify(render(step, id, at)) }
}

type Render = (step: StepOf<'tell'>, id: string, at: number) => object

/** @see https://docs.aws.amazon.com/health/latest/ug/aws-health-events-eventbridge-schema.html */
const aws: Render = ({ title, regions, services, text, isOver }, id, at) => {
  const [region = 'us-east-1'] = regions
  const date = new Date(at).toUTCString()
  const incident: Pick<Incident, 'id' | 'updates'> = {
    id,
    updates: [{ at, phase: 'investigating', impact: 'minor', text, services, regions }],
  }
  return {
    version: '0',
    'detail-type': 'AWS Health Event',
    source: 'aws.health',
    time: new Date(at).toISOString(),
    region,
    detail: {
      eventArn: awsArn(incident, region),
      service: serviceCode(services[0] ?? '').toUpperCase(),
      eventTypeCode: `AWS_${title.toUpperCase().replace(/[^A-Z]+/g, '_')}`,
      eventTypeCategory: 'issue',
      eventScopeCode: 'ACCOUNT_SPECIFIC',
      communicationId: `${at}-1`,
      startTime: date,
      ...(isOver && { endTime: date }),
      lastUpdatedTime: date,
      statusCode: isOver ? 'closed' : 'open',
      eventRegion: region,
      eventDescription: [{ language: 'en_US', latestDescription: text }],
      page: '1',
      totalPages: '1',
      backupEvent: 'false',
    },
  }
}

/** @see https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-common-schema */
const azure: Render = ({ title, regions, services, text, isOver }, id, at) => {
  const instant = new Date(at).toISOString()
  const ImpactedRegions = regions.map(code => ({ RegionName: regionName('azure', code) }))
  return {
    schemaId: 'azureMonitorCommonAlertSchema',
    data: {
      essentials: { monitorCondition: 'Fired', monitoringService: 'ServiceHealth', alertTargetIDs: [] },
      alertContext: {
        eventTimestamp: instant,
        level: 2,
        status: isOver ? 'Resolved' : 'Active',
        properties: {
          title,
          communication: `<p>${text}</p>`,
          communicationId: String(at),
          incidentType: 'Incident',
          trackingId: id,
          impactStartTime: instant,
          impactedServices: JSON.stringify(services.map(ServiceName => ({ ServiceName, ImpactedRegions }))),
          stage: isOver ? 'Resolved' : 'Active',
        },
      },
    },
  }
}

/** In Python's way of writing lists, in the envelope of a push. @see https://cloud.google.com/pubsub/docs/push */
const google: Render = ({ title, regions, services, text, isOver }, id, at) => {
  const instant = new Date(at).toISOString()
  const listed = (names: readonly string[]) => `[${names.map(name => `'${name}'`).join(', ')}]`
  const entry = {
    insertId: `${id}-${at}`,
    resource: { type: 'servicehealth.googleapis.com/Event', labels: { event_id: id } },
    jsonPayload: {
      title,
      description: text,
      state: isOver ? 'CLOSED' : 'ACTIVE',
      detailedState: isOver ? 'RESOLVED' : 'CONFIRMED',
      relevance: 'RELATED',
      startTime: instant,
      updateTime: instant,
      impactedProducts: listed(services),
      impactedLocations: listed(regions),
    },
  }
  return { message: { data: Buffer.from(JSON.stringify(entry)).toString('base64'), messageId: String(at) } }
}

const clouds = {
  aws: { format: 'aws-health', render: aws },
  azure: { format: 'azure-service-health', render: azure },
  google: { format: 'google-service-health', render: google },
} as const satisfies Record<StepOf<'tell'>['on'], { format: InboundFormat; render: Render }>
