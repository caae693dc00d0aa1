import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Readable, Writable } from 'node:stream'
import type { Browser, BrowserType, ConnectOverCDPTransport } from 'playwright-core'
import { Failure } from './command.ts'
import { findChromium } from './programs.ts'
import { type Address, addressOf, dataDirOf, urlOf } from './settings.ts'
import { keepRunning } from './supervisor.ts'

/**
 * `npm run kiosk [-- lobby | https://status.example.com/wall/lobby] [--flag-for-chromium …]`: the wall on this
 * machine's screen, for as long as the command runs. A browser that ends, crashes or hangs is started again.
 */
export async function kiosk(): Promise<void> {
  const args = process.argv.slice(2)
  const flags = args.filter(arg => arg.startsWith('--'))
  const [wall, ...more] = args.filter(arg => !arg.startsWith('--'))
  if (more.length > 0) throw new Failure(`One wall at a time, not also '${more.join("', '")}'`, 2)
  const address = wallAddress(wall, addressOf(process.env))
  const program = findChromium(process.env)
  requireScreen(flags)

  // Loaded before the browser starts, so that a crash at once is seen too.
  const { chromium } = await import('playwright-core')
  const profile = path.join(dataDirOf(process.env), 'kiosk')
  mkdirSync(profile, { recursive: true, mode: 0o700 })
  let endWatch = () => {}
  const kept = keepRunning(
    {
      name: 'Chromium',
      graceMs: 5_000,
      start() {
        endWatch()
        const child = spawn(program, [...kioskFlags({ profile, address }), ...flags], {
          detached: true,
          stdio: ['ignore', 'ignore', 'inherit', 'pipe', 'pipe'],
        })
        endWatch = watchPage(chromium, child, why => {
          console.log(`The page ${why}: Chromium is started again`)
          child.kill('SIGKILL')
        })
        return child
      },
      end: child => child.kill('SIGTERM'),
    },
    { say: console.log, onRefused: () => void stop() },
  )
  const stop = async () => {
    endWatch()
    await kept.stop()
    process.exit()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => void stop())
  console.log(`Chromium shows ${address}; Ctrl-C ends it`)
}

/**
 * @param wall nothing: the wall without a name; a name in the sources file; or an address on any machine
 * @throws {Failure} when it is neither
 */
export function wallAddress(wall: string | undefined, address: Address): string {
  if (wall === undefined) return `${urlOf(address)}/wall`
  if (/^[a-z0-9-]+$/.test(wall)) return `${urlOf(address)}/wall/${wall}`
  if (/^https?:\/\//.test(wall) && URL.canParse(wall)) return new URL(wall).href
  throw new Failure(
    `'${wall}' is no wall: give the name of one (a-z, 0-9, -) or an address such as https://status.example.com/wall/lobby`,
    2,
  )
}

function requireScreen(flags: readonly string[]): void {
  if (process.getuid?.() === 0 && !flags.includes('--no-sandbox'))
    throw new Failure('Chromium does not run as root with its sandbox: run the kiosk as the user who is logged in', 2)
  const isHeadless = flags.some(flag => flag.startsWith('--headless'))
  const none =
    'There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set. Start the kiosk in the session of the screen'
  if (process.platform === 'linux' && !isHeadless && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    throw new Failure(none, 2)
}

/**
 * The flags of a Chromium without keyboard and mouse.
 * @see https://peter.sh/experiments/chromium-command-line-switches/
 */
export const kioskFlags = ({ profile, address }: { profile: string; address: string }): string[] => [
  '--kiosk',
  `--user-data-dir=${profile}`,
  // No welcome window, no question about the default browser, no bubble after a crash or a power cut.
  '--no-first-run',
  '--no-default-browser-check',
  '--noerrdialogs',
  '--hide-crash-restore-bubble',
  '--disable-session-crashed-bubble',
  // A key ring that asks for its password would cover the wall.
  '--password-store=basic',
  '--use-mock-keychain',
  // Announcements sound without a click.
  '--autoplay-policy=no-user-gesture-required',
  '--overscroll-history-navigation=0',
  '--disable-pinch',
  '--disable-features=Translate,MediaRouter,DialMediaRouteProvider,OverscrollHistoryNavigation',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Wayland where the session is Wayland, else X11.
  '--ozone-platform-hint=auto',
  // We report why it ends; the rest is about missing parts of a desktop.
  '--log-level=3',
  // A pipe to us instead of a port for everybody.
  '--remote-debugging-pipe',
  address,
]

const ASK_INTERVAL_MS = 15_000
const ANSWER_PATIENCE_MS = 60_000

/**
 * Watches the page from outside, as one that has crashed or hangs cannot reload itself. Returns how to end that.
 * @param onLost is called once: `has crashed`, `hangs`
 */
function watchPage(chromium: BrowserType, child: ChildProcess, onLost: (why: string) => void): () => void {
  let browser: Browser | undefined
  let isOver = false
  let answeredAt = Date.now()
  let checkedAt = Date.now()

  const lose = (why: string) => {
    if (isOver) return
    end()
    onLost(why)
  }
  const answered = () => {
    answeredAt = Date.now()
  }
  const connect = async () => {
    const transport = pipeTransport(child, () => lose('has crashed'))
    // Playwright's defaults would change fonts and colours of the page. No timeout: silence is judged below.
    browser = await chromium.connectOverCDP(transport, { noDefaults: true, timeout: 0 })
    answered()
  }
  connect().catch(() => undefined)

  const timer = setInterval(() => {
    // After the machine has slept every answer is late.
    if (Date.now() - checkedAt > 2 * ASK_INTERVAL_MS) answered()
    checkedAt = Date.now()
    if (Date.now() - answeredAt > ANSWER_PATIENCE_MS) return lose('hangs')
    const page = browser?.contexts()[0]?.pages()[0]
    // A refusal is an answer too: the page is on its way to another address.
    if (page) page.evaluate('1').then(answered, answered)
    else if (browser) answered()
  }, ASK_INTERVAL_MS)
  const end = () => {
    isOver = true
    clearInterval(timer)
  }
  return end
}

/**
 * The DevTools protocol on Chromium's descriptors 3 (to it) and 4 (from it): JSON messages, each ended by a zero byte.
 * @param onCrash is called from here: Playwright reports no crash of a page that it is still attaching to
 */
function pipeTransport({ stdio }: ChildProcess, onCrash: () => void): ConnectOverCDPTransport {
  const input = stdio[3] as Writable
  const output = stdio[4] as Readable
  const transport: ConnectOverCDPTransport = {
    send: message => void input.write(`${JSON.stringify(message)}\0`),
    close: () => input.destroy(),
  }
  let rest = ''
  output.setEncoding('utf8').on('data', (text: string) => {
    const messages = (rest + text).split('\0')
    rest = messages.pop() ?? ''
    for (const message of messages.map(text => JSON.parse(text))) {
      if (message.method === 'Inspector.targetCrashed') onCrash()
      transport.onmessage?.(message)
    }
  })
  const onClose = () => transport.onclose?.()
  output.on('close', onClose).on('error', onClose)
  input.on('error', onClose)
  return transport
}
