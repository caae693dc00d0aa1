import { mkdirSync, rmSync } from 'node:fs'
import { command } from './command.mjs'
import { buildFile } from './fingerprint.mjs'
import { freePort } from './port.mjs'
import { urlOf } from './ready.mjs'
import { prepare, serve } from './run.mjs'
import { apart, fromRoot } from './settings.mjs'
import { watchBundle } from './watch.mjs'

/** What the server answers; all else is the client, which Vite serves with hot reload. */
const SERVER_PATHS = ['/api', '/feeds', '/badge', '/statuspage', '/healthz', '/readyz', '/metrics']

/** `npm run dev`: all of Nephoscope with reload, on simulated providers unless NEPHOSCOPE_CONFIG names sources. */
await command(async () => {
  const prepared = await prepare('npm run dev', apart(process.env, 'dev'))
  const host = '127.0.0.1'
  const server = { host, port: await freePort({ host, port: 0 }, 'npm run dev') }
  // What the watcher writes to dist/ is of no known build.
  rmSync(buildFile, { force: true })
  // The server insists on a folder for the client, which here comes from Vite.
  mkdirSync(fromRoot('dist/client'), { recursive: true })

  /** @type {Awaited<ReturnType<typeof serve>> | undefined} */
  let stack
  for (const role of /** @type {const} */ (['simulator', 'workers', 'server'])) {
    await watchBundle(role, () => stack?.restart(role))
  }
  stack = await serve({ ...prepared, address: server, simulated: !process.env.NEPHOSCOPE_CONFIG })

  const vite = await import('vite')
  const target = urlOf(server)
  const proxy = Object.fromEntries([...SERVER_PATHS.map(path => [path, target]), ['/socket.io', { target, ws: true }]])
  const client = await vite.createServer({ server: { ...prepared.address, strictPort: true, proxy } })
  await client.listen()
  console.log(`Nephoscope is live at ${urlOf(prepared.address)}`)
})
