import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { browserWatch } from './browser-watch.mjs'
import { findChromium } from './chromium.mjs'
import { command } from './command.mjs'
import { devtoolsPipe } from './devtools-pipe.mjs'
import { Failure } from './failure.mjs'
import { kioskFlags, wallAddress } from './kiosk-flags.mjs'
import { keepRunning } from './processes.mjs'
import { addressOf, dataDirOf } from './settings.mjs'

/**
 * `npm run kiosk [-- lobby | https://status.example.com/wall/lobby] [--flag-for-chromium …]`: the wall on this machine's
 * screen, for as long as the command runs. A browser that ends, crashes or hangs is started again.
 */
await command(async () => {
  const arguments_ = process.argv.slice(2)
  const flags = arguments_.filter(one => one.startsWith('--'))
  const [wall, ...more] = arguments_.filter(one => !one.startsWith('--'))
  if (more.length > 0) throw new Failure(`One wall at a time, not also '${more.join("', '")}'`, 2)
  const address = wallAddress(wall, addressOf(process.env))
  const browser = findChromium(process.env)
  if (process.getuid?.() === 0 && !flags.includes('--no-sandbox'))
    throw new Failure('Chromium does not run as root with its sandbox: run the kiosk as the user who is logged in', 2)
  const headless = flags.some(flag => flag.startsWith('--headless'))
  if (process.platform === 'linux' && !headless && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    throw new Failure(
      'There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set. Start the kiosk in the session of the screen',
      2,
    )

  const profile = path.join(dataDirOf(process.env), 'kiosk')
  mkdirSync(profile, { recursive: true })
  const say = (/** @type {string} */ line) => console.log(line)
  /** @type {() => void} */
  let endWatch = () => undefined
  const kept = keepRunning(
    {
      name: 'Chromium',
      graceMs: 5_000,
      start() {
        endWatch()
        const child = spawn(browser, [...kioskFlags({ profile, address }), ...flags], {
          detached: true,
          stdio: ['ignore', 'ignore', 'inherit', 'pipe', 'pipe'],
        })
        endWatch = browserWatch(devtoolsPipe(child.stdio[3], child.stdio[4]), why => {
          say(`The page ${why}: Chromium is started again`)
          child.kill('SIGKILL')
        })
        return child
      },
      end: child => child.kill('SIGTERM'),
    },
    { say, onRefused: () => void stop() },
  )
  const stop = async () => {
    endWatch()
    await kept.stop()
    process.exit()
  }
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.once(signal, () => void stop())
  say(`Chromium shows ${address}; Ctrl-C ends it`)
})
