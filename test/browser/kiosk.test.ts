import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { until } from '../support/temporary-redis.ts'

const ended: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end()
})

/** `npm run kiosk` with these arguments, in a folder of its own. */
function kiosk(...args: string[]) {
  const data = mkdtempSync(path.join(tmpdir(), 'neph-kiosk-'))
  const script = fileURLToPath(new URL('../../launch/bootstrap.mjs', import.meta.url))
  const child = spawn(process.execPath, [script, 'kiosk', ...args], {
    env: { ...process.env, NEPHOSCOPE_DATA: data, DISPLAY: '', WAYLAND_DISPLAY: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit')
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (said += chunk))
  ended.push(async () => {
    child.kill('SIGTERM')
    await exited
    rmSync(data, { recursive: true, force: true })
  })
  return { child, exited, said: () => said }
}

/** All processes below this one: their ids and command lines. */
function below(pid: number): { pid: number; line: string }[] {
  const all = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map(row => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row))
    .flatMap(row => (row ? [{ pid: Number(row[1]), parent: Number(row[2]), line: String(row[3]) }] : []))
  const children = (of: number): typeof all =>
    all.filter(one => one.parent === of).flatMap(one => [one, ...children(one.pid)])
  return children(pid)
}

test('the kiosk opens the wall, opens it again when its page has crashed, and leaves nothing behind', async () => {
  let opened = 0
  const site = createServer((request, response) => {
    if (request.url === '/wall/lobby') opened++
    response.setHeader('Content-Type', 'text/html').end('<title>A wall</title>')
  })
  site.listen(0, '127.0.0.1')
  await once(site, 'listening')
  ended.push(() => void site.close())
  const address = site.address()
  if (address === null || typeof address === 'string') throw new Error('no port')

  const { child, exited, said } = kiosk(`http://127.0.0.1:${address.port}/wall/lobby`, '--headless', '--no-sandbox')
  await until(() => opened === 1, 'the wall to be opened')
  const renderers = () => below(child.pid ?? 0).filter(one => one.line.includes('--type=renderer'))
  await until(() => renderers().length > 0, 'its page to have a process')
  for (const { pid } of renderers()) process.kill(pid, 'SIGSEGV')
  await until(() => opened === 2, 'the wall to be opened again')
  expect(said()).toContain('The page has crashed: Chromium is started again')

  const all = below(child.pid ?? 0)
  child.kill('SIGTERM')
  await exited
  const left = () => all.filter(({ pid, line }) => running(pid) && line.includes('user-data-dir'))
  await until(() => left().length === 0, 'the browser to be gone')
})

test.each([
  [['lobby'], /There is no display|does not run as root/],
  [['not a wall'], /'not a wall' is no wall: give the name of one/],
  [['lobby', 'kitchen'], /One wall at a time, not also 'kitchen'/],
])('%j is refused in one line', async (args, line) => {
  const { exited, said } = kiosk(...args)
  const [code] = await exited
  expect(said().trim()).toMatch(line)
  expect(said().trim()).not.toContain('\n')
  expect(code).toBe(2)
})

function running(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
