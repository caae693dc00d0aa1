import { Failure } from './failure.mjs'
import { urlOf } from './ready.mjs'

/**
 * The address of the wall that is meant.
 * @param {string | undefined} wall nothing: the wall as it is; a name in the sources file; or an address on any machine
 * @param {{ host: string, port: number }} address of the server on this machine
 * @returns {string}
 * @throws {Failure} when it is neither
 */
export function wallAddress(wall, address) {
  if (wall === undefined) return `${urlOf(address)}/wall`
  if (/^[a-z0-9-]+$/.test(wall)) return `${urlOf(address)}/wall/${wall}`
  if (/^https?:\/\//.test(wall) && URL.canParse(wall)) return new URL(wall).href
  throw new Failure(
    `'${wall}' is no wall: give the name of one (a-z, 0-9, -) or an address such as https://status.example.com/wall/lobby`,
    2,
  )
}

/**
 * What a Chromium is told that nobody will ever touch.
 * @param {{ profile: string, address: string }} options profile: a folder of its own, so that nobody's browsing is shown or asked for
 * @returns {string[]}
 * @see https://peter.sh/experiments/chromium-command-line-switches/
 */
export const kioskFlags = ({ profile, address }) => [
  '--kiosk',
  `--user-data-dir=${profile}`,
  // no window of welcome, no question about the default browser, no bubble after a crash or a power cut
  '--no-first-run',
  '--no-default-browser-check',
  '--noerrdialogs',
  '--hide-crash-restore-bubble',
  '--disable-session-crashed-bubble',
  // a key ring that asks for its password would stand in front of the wall
  '--password-store=basic',
  '--use-mock-keychain',
  // announcements may sound although nobody has clicked
  '--autoplay-policy=no-user-gesture-required',
  '--overscroll-history-navigation=0',
  '--disable-pinch',
  '--disable-features=Translate,MediaRouter,DialMediaRouteProvider,OverscrollHistoryNavigation',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Wayland where the session is Wayland; else X11
  '--ozone-platform-hint=auto',
  // what ends it is told by us; the rest is about desktops that are not there
  '--log-level=3',
  // a pipe to us instead of a port for everybody
  '--remote-debugging-pipe',
  address,
]
