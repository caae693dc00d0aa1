import type { Incident } from '../../shared/domain/incident.ts'
import type { RecordId, RegionId } from '../../shared/domain/primitives.ts'
import { whereText } from '../incidents/incidents.ts'
import type { Catalogue } from '../live/catalogue.ts'
import { basePath, pathOf } from '../ui/paths.ts'
import type { Words } from '../words/en/page.ts'
import { type Notice, noticesFor } from './notification-for.ts'
import type { Tone } from './soft-tone.ts'

export type DesktopNotices = ReturnType<typeof desktopNotices>

/** What the browser says to notices; `unsupported` where it knows none, as on a page without TLS. */
type Permission = NotificationPermission | 'unsupported'

type DesktopNoticesDeps = {
  /** What the reader chose on this device is kept in it; null where storage is forbidden. */
  storage: Storage | null
  permission: () => Permission
  ask: () => Promise<Permission>
  show: (shown: { title: string; body: string; tag: string; path: string; silent: boolean }) => void
  tone: Tone
  /** Whether the reader looks at the page now. */
  watched: () => boolean
  words: () => Words
}

/** So much of many changes at once is shown, the worst first: nobody reads forty notices. */
const MOST_AT_ONCE = 5

/** Calls the reader to incidents in their own regions: by a notice of the system, by a soft tone, by neither until they choose. */
export function desktopNotices(deps: DesktopNoticesDeps) {
  const { storage, tone } = deps
  let wanted = $state(storage?.getItem('nephoscope.notices') === 'on')
  const soundKept = storage?.getItem('nephoscope.sound') === 'on'
  let sounding = $state(soundKept)
  let permission = $state<Permission>(deps.permission())

  const show = ({ kind, incident }: Notice, catalogue: Catalogue) => {
    const words = deps.words()
    const where = whereText(incident, catalogue, words)
    deps.show({
      title: words.notifications.title[kind](where),
      body: incident.title,
      tag: incident.id,
      path: pathOf({ name: 'incident', incident: incident.id }),
      silent: sounding,
    })
  }

  if (soundKept) tone.prepare()

  return {
    /** Whether the reader gets notices now. */
    get on() {
      return wanted && permission === 'granted'
    },
    get permission() {
      return permission
    },
    get sound() {
      return sounding
    },
    /** To be called by a click: only then do browsers ask. */
    async choose(on: boolean) {
      if (on) permission = await deps.ask()
      wanted = on && permission === 'granted'
      storage?.setItem('nephoscope.notices', wanted ? 'on' : 'off')
    },
    /** To be called by a click: only then may a page sound. What was chosen is heard at once. */
    chooseSound(on: boolean) {
      sounding = on
      storage?.setItem('nephoscope.sound', on ? 'on' : 'off')
      if (on) tone.play()
    },
    /** What changed among the incidents. */
    hear(
      before: ReadonlyMap<RecordId, Incident>,
      after: ReadonlyMap<RecordId, Incident>,
      mine: ReadonlySet<RegionId>,
      catalogue: Catalogue,
    ) {
      if ((!wanted && !sounding) || mine.size === 0) return
      const notices = noticesFor(before, after, mine)
      if (sounding && notices.some(({ kind }) => kind !== 'resolved')) tone.play()
      permission = deps.permission()
      if (!wanted || permission !== 'granted' || deps.watched()) return
      for (const notice of notices.slice(0, MOST_AT_ONCE)) show(notice, catalogue)
    },
  }
}

type Browser = Pick<Window, 'focus'> & {
  Notification?: typeof Notification
  navigator: Pick<Navigator, 'serviceWorker'>
}

/** The system's notices, as far as this browser has any. `go` leads to the path of the one that is clicked. */
export function systemNotices(
  browser: Browser,
  go: (path: string) => void,
  warn: (line: string) => void,
): Pick<DesktopNoticesDeps, 'permission' | 'ask' | 'show'> {
  const permission = (): Permission => browser.Notification?.permission ?? 'unsupported'
  return {
    permission,
    ask: async () => (await browser.Notification?.requestPermission()) ?? 'unsupported',
    show({ title, path, ...shown }) {
      if (browser.Notification === undefined) return
      const options = { ...shown, icon: `${basePath}/icons/icon-192.png`, data: path }
      try {
        const notice = new browser.Notification(title, options)
        notice.onclick = () => {
          browser.focus()
          go(path)
          notice.close()
        }
      } catch {
        // on phones only the service worker may show one; it also hears the click
        browser.navigator.serviceWorker
          ?.getRegistration()
          .then(registration => registration?.showNotification(title, options))
          .catch(error => warn(`Nephoscope could not show a notice: ${String(error)}`))
      }
    },
  }
}
