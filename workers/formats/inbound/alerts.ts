import { z } from 'zod'
import { fail, ok } from '../../../shared/domain/primitives.ts'
import { mergePlaces } from '../../places/places.ts'
import { parseDate } from '../../text/dates.ts'
import { webUrl } from '../../text/web-url.ts'
import { readEntries, unread, word } from '../json.ts'
import { digest } from '../reading.ts'
import { type InboundContext, type InboundReader, postReading, privateIncident, type Told } from './inbound-reader.ts'
import { impactOfWord } from './severity-words.ts'

/**
 * Prometheus Alertmanager's webhook, version 4: a group of alerts, each of which is an incident of its own by its
 * fingerprint. @see https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
 */
export const alertmanager: InboundReader = { read: (post, context) => readAlerts(post, context, 'Alertmanager') }

/** Grafana Alerting's webhook, which says the same and links to its panels. @see https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/ */
export const grafana: InboundReader = { read: (post, context) => readAlerts(post, context, 'Grafana') }

function readAlerts(post: unknown, context: InboundContext, sender: string): ReturnType<InboundReader['read']> {
  const group = Group.safeParse(post)
  if (!group.success || !Array.isArray(group.data.alerts))
    return fail(`the post has no list of alerts: let a webhook of ${sender} post to this address`)
  const { alerts, externalURL } = group.data
  const incidents = readEntries(alerts, {
    schema: Alert,
    max: 1000,
    what: 'alerts',
    needs: 'a status and labels',
    read: alert => (alert.status === '' ? null : [privateIncident(toldBy(alert, externalURL, context), context)]),
  })
  return incidents.ok ? ok(postReading(incidents.value)) : incidents
}

const Texts = z
  .record(z.string(), z.unknown())
  .transform(all => new Map(Object.entries(all).map(([name, value]) => [name, word.parse(value)])))
const Group = z.object({ alerts: unread, externalURL: word })
const Alert = z.object({
  status: word,
  labels: Texts,
  annotations: Texts.prefault({}),
  startsAt: word,
  endsAt: word,
  generatorURL: word,
  dashboardURL: word,
  panelURL: word,
  fingerprint: word,
})
type Alert = z.output<typeof Alert>

/** Labels by which alerts say where they are and what they are about; the first that is there counts. */
const placeLabels = ['region', 'cloud_region', 'topology_kubernetes_io_region', 'location', 'zone', 'availability_zone']
const serviceLabels = ['service', 'service_name', 'app', 'job']

function toldBy(alert: Alert, home: string, { source, places }: InboundContext): Told {
  const { labels, annotations } = alert
  const first = (from: ReadonlyMap<string, string>, keys: readonly string[]) =>
    keys.map(key => from.get(key)).find(Boolean) ?? ''
  const isOver = alert.status === 'resolved'
  const startedAt = parseDate(alert.startsAt)
  const endedAt = isOver ? parseDate(alert.endsAt) : null
  const name = labels.get('alertname') ?? ''
  const text = first(annotations, ['description', 'message', 'summary'])
  return {
    native: alert.fingerprint || digest(JSON.stringify([...labels].sort())),
    title: first(annotations, ['summary', 'title']) || name || 'Alert',
    status: isOver ? 'resolved' : 'investigating',
    impact: impactOfWord(first(labels, ['severity', 'priority', 'level'])),
    where: mergePlaces([places(source.provider, first(labels, placeLabels).slice(0, 200))]),
    services: [first(labels, serviceLabels)],
    startedAt,
    saidAt: isOver ? endedAt : startedAt,
    endedAt,
    url: [alert.panelURL, alert.dashboardURL, alert.generatorURL, home].map(url => webUrl(url)).find(Boolean) ?? null,
    words: { id: `${alert.status} ${isOver ? alert.endsAt : alert.startsAt}`, text: text || name },
  }
}
