import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { freePort } from '../test/support/free-port.ts'
import { withTimeout } from './support/child.ts'
import { median, rounded, warnWhenBusy } from './support/measuring.ts'

/** From `npm start` until the page is served: on a fresh clone, which installs and builds, and once it is built. */

const STARTS = 5
const PATIENCE_MS = 180_000

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = await mkdtemp(path.join(tmpdir(), 'nephoscope-start-'))
const clone = path.join(folder, 'clone')
try {
  warnWhenBusy()
  execFileSync('git', ['clone', '--quiet', root, clone])
  const freshS = await secondsUntilLive()
  console.log(`  fresh clone → live, packages and build included: ${freshS.toFixed(1)} s (goal 25)`)
  const built: number[] = []
  for (let n = 0; n < STARTS; n++) built.push(await secondsUntilLive())
  const builtS = median(built)
  console.log(`  built → live: ${built.map(s => s.toFixed(2)).join(', ')} s (goal 2)`)
  console.log(JSON.stringify({ bench: 'start', freshS: rounded(freshS, 1), builtS: rounded(builtS, 2) }))
} finally {
  await rm(folder, { recursive: true, force: true })
}

/** Starts the clone with a Redis of its own and stops it as soon as its first page is served. */
async function secondsUntilLive(): Promise<number> {
  const port = await freePort()
  const environment = { ...process.env, PORT: String(port), NEPHOSCOPE_DATA: path.join(folder, 'data') }
  const startedAt = performance.now()
  // what `npm start` runs: npm itself does not wait for what it started
  const args = ['launch/bootstrap.mjs', 'start']
  const child = spawn(process.execPath, args, { cwd: clone, env: environment, stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = once(child, 'exit')
  const live = (async () => {
    for await (const line of createInterface({ input: child.stdout })) if (line.includes(' is live at ')) return
    throw new Error('npm start ended before it was live')
  })()
  try {
    await withTimeout(live, PATIENCE_MS, 'npm start was not live')
    const page = await fetch(`http://127.0.0.1:${port}/`)
    if (!page.ok) throw new Error(`the page was answered with ${page.status}`)
    return (performance.now() - startedAt) / 1000
  } finally {
    child.kill('SIGTERM')
    await ended
  }
}
