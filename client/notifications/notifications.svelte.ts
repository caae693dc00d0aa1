import type { Incident } from '../../shared/domain/incident.ts'
import type { RecordId } from '../../shared/domain/primitives.ts'
import type { Stack } from '../../shared/domain/stack.ts'
import { whereText } from '../incidents/incidents.ts'
import type { Catalogue } from '../live/catalogue.ts'
import { namingOf, reasonsText } from '../stacks/reason-text.ts'
import type { Standpoint } from '../stacks/standpoint.ts'
import { basePath, pathOf } from '../ui/paths.ts'
import type { Words } from '../words/en/page.ts'
import type { LanguageTag } from '../words/languages.ts'
import { alertsBetween, type IncidentAlert } from './incident-alerts.ts'
import { NOTICES_KEY, SOUND_KEY } from './notice-keys.ts'
import type { PushSubscriptionState } from './push-subscription.svelte.ts'
import type { Tone } from './tone.ts'

export type DesktopNotifications = ReturnType<typeof desktopNotifications>

/** `unsupported`: the browser has no notifications, as on a page without TLS. */
type Permission = NotificationPermission | 'unsupported'

type DesktopNotificationsDeps = {
  /** Keeps the reader's choices on this device; null where storage is forbidden. */
  storage: Storage | null
  permission: () => Permission
  ask: () => Promise<Permission>
  show: (shown: { title: string; body: string; tag: string; path: string; silent: boolean }) => void
  tone: Tone
  /** What comes while no page is open; then the service worker shows notices while one is, too. */
  pushed: PushSubscriptionState
  /** Whether the reader is looking at the page. */
  isWatched: () => boolean
  words: () => Words
}

/** Only the first of many changes are shown: forty notifications at once are noise. */
const MAX_AT_ONCE = 5

/** Alerts the reader to incidents that concern their stack by notification, by tone, or not at all until they choose. */
export function desktopNotifications(deps: DesktopNotificationsDeps) {
  const { storage, tone, pushed } = deps
  let isWanted = $state(storage?.getItem(NOTICES_KEY) === 'on')
  const wasAudible = storage?.getItem(SOUND_KEY) === 'on'
  let isAudible = $state(wasAudible)
  let permission = $state<Permission>(deps.permission())

  const show = ({ kind, incident }: IncidentAlert, standpoint: Standpoint, catalogue: Catalogue) => {
    const words = deps.words()
    const where = whereText(incident, catalogue, words)
    const why = reasonsText(standpoint.reasonsOf(incident), namingOf(catalogue, standpoint), words)
    deps.show({
      title: words.notifications.title[kind](where),
      body: why === null ? incident.title : `${incident.title} (${why})`,
      tag: incident.id,
      path: pathOf({ name: 'incident', incident: incident.id }),
      silent: isAudible,
    })
  }

  if (wasAudible) tone.prepare()

  return {
    /** Whether notifications are shown. */
    get isOn() {
      return isWanted && permission === 'granted'
    },
    get permission() {
      return permission
    },
    pushed,
    get hasSound() {
      return isAudible
    },
    /** Call it in a click handler: browsers ask for permission only then. */
    async setOn(on: boolean) {
      if (on) permission = await deps.ask()
      isWanted = on && permission === 'granted'
      storage?.setItem(NOTICES_KEY, isWanted ? 'on' : 'off')
    },
    /** Call it in a click handler: browsers ask for permission only then. */
    async setPushed(stack: Stack | null, language: LanguageTag) {
      if (stack === null) return pushed.turnOff()
      permission = await deps.ask()
      if (permission === 'granted') await pushed.turnOn(stack, language)
    },
    /** Call it in a click handler: pages may play sound only then. Plays the tone as a sample. */
    setSound(on: boolean) {
      isAudible = on
      storage?.setItem(SOUND_KEY, on ? 'on' : 'off')
      if (on) tone.play()
    },
    notify(
      before: ReadonlyMap<RecordId, Incident>,
      after: ReadonlyMap<RecordId, Incident>,
      standpoint: Standpoint,
      catalogue: Catalogue,
    ) {
      if ((!isWanted && !isAudible) || standpoint.stack === null) return
      const alerts = alertsBetween(before, after, standpoint.reasonsOf)
      if (isAudible && alerts.some(({ kind }) => kind !== 'resolved')) tone.play()
      permission = deps.permission()
      if (!isWanted || pushed.isOn || permission !== 'granted' || deps.isWatched()) return
      for (const alert of alerts.slice(0, MAX_AT_ONCE)) show(alert, standpoint, catalogue)
    },
  }
}

type Browser = Pick<Window, 'focus'> & {
  Notification?: typeof Notification
  navigator: Pick<Navigator, 'serviceWorker'>
}

/** Notifications of the operating system. `go` navigates to the path of a clicked one. */
export function systemNotifications(
  browser: Browser,
  go: (path: string) => void,
  warn: (line: string) => void,
): Pick<DesktopNotificationsDeps, 'permission' | 'ask' | 'show'> {
  const permission = (): Permission => browser.Notification?.permission ?? 'unsupported'
  return {
    permission,
    ask: async () => (await browser.Notification?.requestPermission()) ?? 'unsupported',
    show({ title, path, ...shown }) {
      if (browser.Notification === undefined) return
      const options = { ...shown, icon: `${basePath}/icons/icon-192.png`, data: path }
      try {
        const notification = new browser.Notification(title, options)
        notification.onclick = () => {
          browser.focus()
          go(path)
          notification.close()
        }
      } catch {
        // on phones only the service worker may show a notification; it also handles the click
        browser.navigator.serviceWorker
          ?.getRegistration()
          .then(registration => registration?.showNotification(title, options))
          .catch(error => warn(`Nephoscope could not show a notice: ${String(error)}`))
      }
    },
  }
}
