import type { NewPushSubscription, PushSubject } from '../../shared/domain/push.ts'
import type { Stack } from '../../shared/domain/stack.ts'
import type { LanguageTag } from '../words/languages.ts'
import { PUSH_KEY } from './notice-keys.ts'

export type PushSubscriptionState = ReturnType<typeof pushSubscription>

/** What the browser's push service has given out. */
type Subscribed = Pick<NewPushSubscription, 'endpoint' | 'keys'>

export type PushSubscriptionDeps = {
  storage: Storage | null
  /** Null where the browser takes no pushes. */
  browser: PushBrowser | null
  ask: (path: string, method: 'GET' | 'POST' | 'DELETE', body?: object) => Promise<Response>
  /** The ids of the settings' stacks; any other is the reader's own. */
  isOfSettings: (stack: string) => boolean
  warn: (line: string) => void
}

export type PushBrowser = {
  /** The subscription by this key; one by another key ends. */
  subscribe(key: string): Promise<Subscribed>
  unsubscribe(): Promise<void>
}

/** Why it is not on though it was asked for: there is no key here, or something failed. */
type Trouble = 'off' | 'failed'

/** The notices that come while no page is open. The server knows what they are about; it is told of every change. */
export function pushSubscription({ storage, browser, ask, isOfSettings, warn }: PushSubscriptionDeps) {
  /** The id at the server, and what it was told: `<id> <JSON>`. */
  let kept = $state(storage?.getItem(PUSH_KEY) ?? null)
  /** The server may have lost it since: each page tells it once. */
  let isConfirmed = false
  let trouble = $state<Trouble | null>(null)

  const keep = (text: string | null) => {
    kept = text
    if (text === null) storage?.removeItem(PUSH_KEY)
    else storage?.setItem(PUSH_KEY, text)
  }
  /** @returns whether the server now knows it */
  const subscribe = async (about: PushSubject, language: LanguageTag): Promise<Trouble | null> => {
    if (browser === null) return 'failed'
    const answer = await ask('/api/push-key', 'GET')
    const { key } = answer.ok ? await answer.json() : { key: undefined }
    if (typeof key !== 'string') return key === null ? 'off' : 'failed'
    const told = { ...(await browser.subscribe(key)), about, language }
    const text = JSON.stringify(told)
    if (isConfirmed && kept?.endsWith(` ${text}`)) return null
    const created = await ask('/api/push-subscriptions', 'POST', told)
    if (!created.ok) return 'failed'
    const { id } = await created.json()
    isConfirmed = true
    keep(`${id} ${text}`)
    return null
  }
  const attempt = async (work: () => Promise<Trouble | null>) => {
    trouble = await work().catch(error => {
      warn(`Nephoscope could not subscribe to pushed notices: ${String(error)}`)
      return 'failed' as const
    })
  }

  return {
    get isSupported() {
      return browser !== null
    },
    get isOn() {
      return kept !== null
    },
    get trouble() {
      return trouble
    },
    /** Call it once the reader has allowed notifications. */
    async turnOn(stack: Stack, language: LanguageTag) {
      await attempt(() => subscribe(subjectOf(stack, isOfSettings), language))
    },
    async turnOff() {
      const [id] = kept?.split(' ') ?? []
      keep(null)
      trouble = null
      await browser?.unsubscribe().catch(() => undefined)
      // where the server is away, the push service tells it later that the subscription has ended
      if (id !== undefined) await ask(`/api/push-subscriptions/${id}`, 'DELETE').catch(() => undefined)
    },
    /** Tells the server where the stack or the language has changed, or the browser has subscribed anew. */
    async follow(stack: Stack | null, language: LanguageTag) {
      if (kept !== null && stack !== null) await attempt(() => subscribe(subjectOf(stack, isOfSettings), language))
    },
  }
}

const MAX_USES = 100

function subjectOf({ id, name, uses }: Stack, isOfSettings: (stack: string) => boolean): PushSubject {
  return isOfSettings(id) ? { stack: id } : { name, uses: uses.slice(0, MAX_USES) }
}

/** The push service of the browser; null where there is none. */
export function pushBrowser({
  navigator,
  PushManager,
}: Pick<Window, 'navigator'> & { PushManager?: unknown }): PushBrowser | null {
  if (PushManager === undefined || navigator.serviceWorker === undefined) return null
  const manager = async () => (await navigator.serviceWorker.ready).pushManager
  return {
    async subscribe(key) {
      const pushes = await manager()
      const old = await pushes.getSubscription()
      const oldKey = old?.options.applicationServerKey ?? null
      if (old !== null && (oldKey === null || base64url(oldKey) !== key)) await old.unsubscribe()
      const subscription = await pushes.subscribe({ userVisibleOnly: true, applicationServerKey: key })
      const { endpoint = '', keys = {} } = subscription.toJSON()
      return { endpoint, keys: { p256dh: keys.p256dh ?? '', auth: keys.auth ?? '' } }
    },
    async unsubscribe() {
      await (await (await manager()).getSubscription())?.unsubscribe()
    },
  }
}

const base64url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
