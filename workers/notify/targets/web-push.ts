import webPush from 'web-push'
import { z } from 'zod'
import type { NewPushSubscription, PushNotice } from '../../../shared/domain/push.ts'
import { clip } from '../../text/plain-text.ts'
import { judge } from '../http-target.ts'
import { keyOf } from '../key-of.ts'
import type { Vapid } from '../push/vapid.ts'
import { target } from '../target.ts'
import type { Message } from '../words/message.ts'
import { wordingOf } from '../words/wording.ts'

/** No line of the sources file: `push-rules.ts` makes one of each subscription. */
export type WebPushConfig = Pick<NewPushSubscription, 'keys' | 'language'> & {
  endpoint: string
  vapid: Vapid
  /** The browser has ended the subscription. */
  onGone: () => Promise<void>
}

const WebPushConfig = z.custom<WebPushConfig>(
  () => false,
  'is not for the sources file: readers choose it with the bell of the page',
)

const TIMEOUT_MS = 15_000
/** A push service keeps a message so long for a browser that is off, in s. */
const KEPT_S = 24 * 3600

/** A browser, also while no page is open. @see https://www.rfc-editor.org/rfc/rfc8030 */
export const webPushTarget = target<WebPushConfig, { notice: PushNotice; topic: string }>({
  kind: 'web-push',
  config: WebPushConfig,
  secrets: [],
  dropsDoubles: false,
  render: (message, { language }) => {
    if (message.occasion === 'digest') return null
    const topic = keyOf(message.conversation).slice(0, 32) // of one that waits at the push service only the newest counts
    return { notice: noticeOf(message, language), topic }
  },
  async send({ notice, topic }, { endpoint, keys, vapid, onGone }, { http }) {
    const details = encrypted({ endpoint, keys }, JSON.stringify(notice), {
      vapidDetails: vapid,
      TTL: KEPT_S,
      urgency: notice.isLoud ? 'high' : 'normal',
      topic,
    })
    if (details === null) return { kind: 'refused', why: 'the keys of the subscription are not valid' }
    const answer = await http.send({ method: 'POST', url: endpoint, ...details, timeoutMs: TIMEOUT_MS })
    if (answer.kind !== 'answered' || (answer.status !== 404 && answer.status !== 410)) return judge(answer)
    await onGone()
    return { kind: 'refused', why: 'the browser has ended its subscription' }
  },
})

function encrypted(
  subscription: webPush.PushSubscription,
  payload: string,
  options: webPush.RequestOptions,
): { headers: Record<string, string>; body: Uint8Array } | null {
  try {
    const { headers, body } = webPush.generateRequestDetails(subscription, payload, options)
    const sent = Object.entries(headers).filter(([name]) => name !== 'Content-Length') // the client counts itself
    return {
      headers: Object.fromEntries(sent.map(([name, value]) => [name, String(value)])),
      body: body ?? new Uint8Array(),
    }
  } catch {
    return null // a point that is not on the curve
  }
}

/** A push service takes 4,096 bytes, encrypted. */
function noticeOf(message: Message, language: PushNotice['language']): PushNotice {
  const { headline, state, why } = wordingOf(message)
  const { occasion, isOver, isSimulated, incident, acknowledged } = message
  return {
    what: isOver ? 'resolved' : (whatOf[occasion] ?? 'other'),
    language,
    place: clip(message.place, 100),
    title: clip(message.title === '' ? headline : message.title, 200),
    state: clip(state, 100),
    why: why === null ? null : clip(why, 200),
    by: acknowledged?.by ?? null,
    tag: keyOf(message.conversation),
    incident,
    isLoud: !isOver && loud.has(occasion),
    isSimulated,
  }
}

const whatOf: Readonly<Partial<Record<Message['occasion'], PushNotice['what']>>> = {
  opened: 'opened',
  worse: 'worsened',
  acknowledged: 'acknowledged',
}
const loud: ReadonlySet<Message['occasion']> = new Set([
  'opened',
  'worse',
  'again',
  'lifted',
  'maintenance',
  'unreachable',
  'silent',
  'test',
])
