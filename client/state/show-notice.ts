import type { DesktopNoticesDeps, Permission } from './desktop-notices.svelte.ts'

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
      const options = { ...shown, icon: '/icons/icon-192.png', data: path }
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
