import { mkdirSync } from 'node:fs'
import { ensureBuilt, forgetBuild, watchBundle } from './build.ts'
import { forgetRedis } from './redis.ts'
import { type Address, apart, freePort, fromRoot, urlOf } from './settings.ts'
import { prepareStack, runStack, type Stack } from './stack.ts'

/** `npm start`: installs what is missing, builds, and runs all of Nephoscope until it is stopped. */
export async function start(): Promise<void> {
  const prepared = await prepareStack('npm start', process.env)
  await ensureBuilt()
  await runStack({ ...prepared, simulated: false })
  announce(prepared.address)
}

/** How many days the demo's simulated providers have behind them. */
export const DEMO_PAST = { SIMULATOR_PAST: '90' }

/** `npm run demo`: the same on simulated providers, with a past. Each start begins their story anew. */
export async function demo(): Promise<void> {
  const prepared = await prepareStack('npm run demo', { ...DEMO_PAST, ...apart(process.env, 'demo') })
  await ensureBuilt()
  forgetRedis(prepared.dataDir)
  await runStack({ ...prepared, simulated: true })
  announce(prepared.address)
}

/** What the server answers; all else is the client, which Vite serves with hot reload. */
const SERVER_PATHS = [
  ...['/api', '/feeds', '/badge', '/embed', '/calendar', '/oembed', '/statuspage'],
  ...['/hooks', '/pairing', '/queues', '/healthz', '/readyz', '/metrics'],
]

/** `npm run dev`: the same with reload, on simulated providers unless NEPHOSCOPE_CONFIG names sources. */
export async function dev(): Promise<void> {
  const prepared = await prepareStack('npm run dev', apart(process.env, 'dev'))
  const host = '127.0.0.1'
  const server = { host, port: await freePort({ host, port: 0 }, 'npm run dev') }
  // What the watcher writes to dist/ is not a whole build.
  forgetBuild()
  // The server insists on a folder for the client, which here comes from Vite.
  mkdirSync(fromRoot('dist/client'), { recursive: true })

  let stack: Stack | undefined
  for (const role of ['simulator', 'workers', 'server'] as const)
    await watchBundle(role, () => void stack?.restart(role))
  stack = await runStack({ ...prepared, address: server, simulated: !process.env.NEPHOSCOPE_CONFIG })

  const vite = await import('vite')
  const target = urlOf(server)
  const proxy = Object.fromEntries([...SERVER_PATHS.map(path => [path, target]), ['/socket.io', { target, ws: true }]])
  const client = await vite.createServer({ server: { ...prepared.address, strictPort: true, proxy } })
  await client.listen()
  announce(prepared.address)
}

const announce = (address: Address): void => console.log(`Nephoscope is live at ${urlOf(address)}`)
