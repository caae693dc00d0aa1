import { z } from 'zod'
import { WebUrl } from '../../../shared/domain/primitives.ts'
import type { Status } from '../../../shared/domain/status.ts'
import { clip } from '../../text/plain-text.ts'
import { sendJson } from '../http-target.ts'
import { keyOf } from '../key-of.ts'
import { target } from '../target.ts'
import type { Message } from '../words/message.ts'
import { shortenToFit, summaryOf, textOf, wordingOf } from '../words/wording.ts'

const NtfyConfig = z.strictObject({
  server: WebUrl.transform(url => url.replace(/\/$/, '')).default('https://ntfy.sh'),
  topic: z.string().regex(/^[\w-]{1,64}$/, 'must be 1 to 64 letters, digits, - and _'),
  token: z.string().max(200).optional(),
  user: z.string().max(200).optional(),
  password: z.string().max(200).optional(),
})
type NtfyConfig = z.infer<typeof NtfyConfig>

/** A longer message would become an attachment. */
const MAX_BYTES = 4_096

/**
 * One notification a conversation: by its sequence id a new message takes the place of the last one. Servers before
 * 2.16 show each beside the others. @see https://docs.ntfy.sh/publish/#updating-deleting-notifications
 */
export const ntfy = target<NtfyConfig, { json: object; mark: string }>({
  kind: 'ntfy',
  config: NtfyConfig,
  secrets: ['token', 'password'],
  dropsDoubles: false,
  render: (message, { topic }) => ({
    json: {
      topic,
      sequence_id: keyOf(message.conversation),
      ...shortenToFit(message, partsOf, ({ message: body }) => Buffer.byteLength(body) <= MAX_BYTES),
      priority: priorityOf(message),
      tags: [message.occasion],
      ...(message.url === null ? {} : { click: message.url }),
      actions: wordingOf(message).links.map(({ text, url }) => ({ action: 'view', label: text, url })),
    },
    mark: `${encodeURIComponent(message.id)} ${message.n}`,
  }),
  send: ({ json, mark }, { server, token, user, password }, deps) => {
    const basic = user === undefined ? null : Buffer.from(`${user}:${password ?? ''}`).toString('base64')
    const authorization = token === undefined ? basic && `Basic ${basic}` : `Bearer ${token}`
    const headers = { 'nephoscope-message': mark, ...(authorization === null ? {} : { authorization }) }
    return sendJson({ url: server, headers, json }, deps)
  },
})

/** The headline is the title; the buttons below have the links. */
function partsOf(message: Message): { title: string; message: string } {
  const wording = wordingOf(message)
  const { headline, state } = wording
  const body = textOf({ ...wording, links: [] }).replace(summaryOf(wording), () => state)
  return { title: clip(`${wording.glyph} ${headline}`, 250), message: body }
}

/** 5 rings on. What is over, acknowledged or better is no reason to wake anybody. */
function priorityOf({ occasion, isOver, status }: Message): number {
  if (isOver || occasion === 'acknowledged' || occasion === 'better' || occasion === 'digest') return 2
  return occasion === 'test' ? 3 : priorities[status]
}

const priorities: Readonly<Record<Status, number>> = {
  major_outage: 5,
  partial_outage: 4,
  degraded_performance: 3,
  unknown: 3,
  under_maintenance: 2,
  operational: 2,
}
