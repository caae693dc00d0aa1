import type { AskServer } from '../live/admin-access.svelte.ts'
import type { Words } from '../words/en/page.ts'
import { type DesktopNotifications, desktopNotifications, systemNotifications } from './notifications.svelte.ts'
import { pushBrowser, pushSubscription } from './push-subscription.svelte.ts'
import { softTone } from './tone.ts'

type Deps = {
  storage: Storage | null
  /** Whether this page may subscribe to notices that come while it is closed. */
  canSubscribe: boolean
  ask: AskServer
  /** The token that this tab reads with; null where reading is open. */
  token: () => string | null
  isOfSettings: (stack: string) => boolean
  go: (path: string) => void
  words: () => Words
  warn: (line: string) => void
}

/** The notices of this window, made of what the browser has for them. */
export function browserNotices({
  storage,
  canSubscribe,
  ask,
  token,
  isOfSettings,
  go,
  words,
  warn,
}: Deps): DesktopNotifications {
  const pushed = pushSubscription({
    storage,
    browser: canSubscribe ? pushBrowser(window) : null,
    ask(address, method, body) {
      const given = token()
      const headers = {
        ...(given === null ? {} : { Authorization: `Bearer ${given}` }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      }
      return ask(address, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    },
    isOfSettings,
    warn,
  })
  return desktopNotifications({
    ...systemNotifications(window, go, warn),
    storage,
    tone: softTone(document, () => new AudioContext()),
    pushed,
    isWatched: () => document.visibilityState === 'visible' && document.hasFocus(),
    words,
  })
}
