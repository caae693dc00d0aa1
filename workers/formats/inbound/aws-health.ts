import { z } from 'zod'
import { fail, type Instant, ok } from '../../../shared/domain/primitives.ts'
import type { Impact, Stage } from '../../../shared/domain/status.ts'
import { parseDate } from '../../text/dates.ts'
import { noteOrigin } from '../fragments.ts'
import { listOf, word } from '../json.ts'
import { lookUp, openLifecycleOf } from '../status-words.ts'
import { type InboundContext, type InboundReader, postReading, privateIncident, type Told } from './inbound-reader.ts'

/**
 * AWS Health through EventBridge, straight from an API destination or in the envelope of Amazon SNS. The same event
 * comes from a second region as a backup, and in pages where many of its entities are affected: its arn and the id of
 * its words say what is a double.
 * @see https://docs.aws.amazon.com/health/latest/ug/aws-health-events-eventbridge-schema.html
 */
export const awsHealth: InboundReader = {
  read(post, context) {
    const inner = unwrapped(post)
    const parsed = Event.safeParse(inner)
    if (!parsed.success || parsed.data.source !== 'aws.health')
      return fail("the post is no event of AWS Health: forward events whose source is 'aws.health' unchanged")
    if (parsed.data.detail.eventArn === '') return fail('the event has no eventArn: forward it unchanged')
    return ok(postReading([noteOrigin(privateIncident(toldBy(parsed.data, context), context), inner)]))
  },
}

const Envelope = z.object({ Type: z.literal('Notification'), Message: z.string() })

/** The event in an envelope of SNS. @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html */
function unwrapped(post: unknown): unknown {
  const envelope = Envelope.safeParse(post)
  if (!envelope.success) return post
  try {
    return JSON.parse(envelope.data.Message)
  } catch {
    return null
  }
}

const Event = z.object({
  source: word,
  time: word,
  detail: z.object({
    eventArn: word,
    service: word,
    eventTypeCode: word,
    eventTypeCategory: word,
    communicationId: word,
    startTime: word,
    endTime: word,
    lastUpdatedTime: word,
    statusCode: word,
    eventRegion: word,
    eventDescription: listOf(z.object({ language: word, latestDescription: word }), 20),
    page: word,
  }),
})
type Event = z.output<typeof Event>

const HOME = 'https://health.aws.amazon.com/health/home'

function toldBy({ time, detail }: Event, { source, places, now }: InboundContext): Told {
  const startedAt = parseDate(detail.startTime)
  const endedAt = parseDate(detail.endTime)
  const saidAt = parseDate(detail.lastUpdatedTime) ?? parseDate(time)
  const { eventDescription: descriptions } = detail
  const words = descriptions.find(({ language }) => language.startsWith('en')) ?? descriptions[0]
  const text = words?.latestDescription ?? ''
  const isPlanned = detail.eventTypeCategory === 'scheduledChange'
  const hasEnded = endedAt !== null && Date.parse(endedAt) <= now
  return {
    native: detail.eventArn,
    kind: isPlanned ? 'maintenance' : 'incident',
    title: titleOf(detail),
    status: isPlanned ? plannedStage(detail.statusCode) : stageOf(detail.statusCode, hasEnded, text),
    impact: lookUp(impacts, detail.eventTypeCategory) ?? 'minor',
    where: placesOf(detail.eventRegion, words => places(source.provider, words)),
    services: [detail.service],
    keys: [detail.service],
    startedAt,
    saidAt,
    endedAt,
    ...(isPlanned && { scheduledFor: startedAt, scheduledUntil: endedAt }),
    url: HOME,
    words: { id: wordsId(detail, saidAt), text },
  }
}

/** An event says no title: 'EC2: operational issue' of `AWS_EC2_OPERATIONAL_ISSUE`. */
function titleOf({ service, eventTypeCode }: Event['detail']): string {
  const code = eventTypeCode.replace(/^AWS_/, '')
  const rest = code.startsWith(`${service}_`) ? code.slice(service.length + 1) : code
  const what = rest.replaceAll('_', ' ').toLowerCase()
  return service === '' ? what : `${service}: ${what}`
}

/** Some events are over by their time while they still say 'open'. */
const stageOf = (code: string, hasEnded: boolean, text: string): Stage =>
  code === 'closed' || hasEnded ? 'resolved' : openLifecycleOf('', text)

const plannedStages = new Map<string, Stage>([
  ['open', 'in_progress'],
  ['closed', 'completed'],
])
const plannedStage = (code: string): Stage => lookUp(plannedStages, code) ?? 'scheduled'

const impacts = new Map<string, Impact>([
  ['issue', 'major'],
  ['scheduledchange', 'maintenance'],
  ['accountnotification', 'none'],
])

const placesOf = (region: string, find: (words: string) => Told['where']): Told['where'] =>
  region === 'global' ? { regions: [], global: true } : find(region.slice(0, 100))

/** Pages of one message differ in their entities only. */
const wordsId = ({ communicationId, page }: Event['detail'], saidAt: Instant | null): string =>
  (page !== '' && communicationId.endsWith(`-${page}`)
    ? communicationId.slice(0, -page.length - 1)
    : communicationId) ||
  (saidAt ?? '')
