import { z } from 'zod'
import { WebUrl } from '../../../shared/domain/primitives.ts'
import type { Status } from '../../../shared/domain/status.ts'
import { clip } from '../../text/plain-text.ts'
import { sendJson } from '../http-target.ts'
import { keyOf } from '../key-of.ts'
import { target } from '../target.ts'
import type { Message } from '../words/message.ts'
import { textOf, wordingOf } from '../words/wording.ts'

const OpsgenieConfig = z.strictObject({
  /** Of an integration of the kind 'API'. */
  apiKey: z.string().min(8, 'must be the key of an API integration').max(200),
  region: z.enum(['us', 'eu']).default('us'),
  /** In place of the region's own: that of Jira Service Management speaks the same. */
  api: WebUrl.transform(url => url.replace(/\/$/, '')).optional(),
})
type OpsgenieConfig = z.infer<typeof OpsgenieConfig>

const apis = { us: 'https://api.opsgenie.com', eu: 'https://api.eu.opsgenie.com' }

type Call = { method: 'POST' | 'PUT'; path: string; json: object }

/**
 * One alert a conversation, by its alias. An open alert is not changed by a second one of its alias, which is only
 * counted: so its priority is set and a note says what changed. @see https://docs.opsgenie.com/docs/alert-api
 */
export const opsgenie = target<OpsgenieConfig, Call[]>({
  kind: 'opsgenie',
  config: OpsgenieConfig,
  secrets: ['apiKey'],
  dropsDoubles: true,
  render(message) {
    if (message.occasion === 'digest') return null
    if (message.occasion === 'test') return [create(message), act(message, 'close')]
    if (message.isOver) return [act(message, 'close')]
    if (message.occasion === 'acknowledged') return [act(message, 'acknowledge')]
    if (message.n === 1) return [create(message)]
    const lifted = message.occasion === 'lifted' ? [act(message, 'unacknowledge')] : []
    return [create(message), ...lifted, setPriority(message), act(message, 'notes')]
  },
  async send(calls, { apiKey, region, api = apis[region] }, deps) {
    const headers = { authorization: `GenieKey ${apiKey}` }
    for (const { method, path, json } of calls) {
      const sent = await sendJson({ method, url: `${api}/v2/alerts${path}`, headers, json }, deps)
      if (sent.kind !== 'sent') return sent
    }
    return { kind: 'sent' }
  },
})

function create(message: Message): Call {
  const wording = wordingOf(message)
  const json = {
    message: clip(`${wording.glyph} ${wording.headline}`, 130),
    alias: keyOf(message.conversation),
    description: clip(textOf(wording), 15_000),
    entity: message.place,
    source: SOURCE,
    priority: message.occasion === 'test' ? 'P5' : priorities[message.status],
    tags: ['nephoscope', message.isMaintenance ? 'maintenance' : 'incident'],
    details: { ...Object.fromEntries(wording.links.map(({ text, url }) => [text, url])), ...markOf(message) },
  }
  return { method: 'POST', path: '', json }
}

function act(message: Message, what: 'acknowledge' | 'unacknowledge' | 'close' | 'notes'): Call {
  const by = message.acknowledged === null ? {} : { user: clip(message.acknowledged.by, 100) }
  const { Message } = markOf(message)
  const note = clip(`${textOf(wordingOf(message))}\n\n${Message}`, 25_000)
  return { method: 'POST', path: pathOf(message, what), json: { source: SOURCE, note, ...by } }
}

const setPriority = (message: Message): Call => ({
  method: 'PUT',
  path: pathOf(message, 'priority'),
  json: { priority: priorities[message.status] },
})

const SOURCE = 'Nephoscope'
const markOf = ({ id, n }: Message) => ({ Message: `${id} (${n})` })
const pathOf = ({ conversation }: Message, what: string) => `/${keyOf(conversation)}/${what}?identifierType=alias`

const priorities: Readonly<Record<Status, 'P1' | 'P2' | 'P3' | 'P4' | 'P5'>> = {
  major_outage: 'P1',
  partial_outage: 'P2',
  degraded_performance: 'P3',
  unknown: 'P3',
  under_maintenance: 'P5',
  operational: 'P5',
}
