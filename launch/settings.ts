import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import path from 'node:path'
import { Failure } from './command.ts'
import { ownFolder, socketPath } from './private-folder.ts'

/** The project's folder. Relative paths in settings start here. */
const root = path.dirname(import.meta.dirname)
export const fromRoot = (...parts: string[]): string => path.join(root, ...parts)

/** The folder of everything that a run leaves behind, absolute. */
export const dataDirOf = (env: NodeJS.ProcessEnv): string => path.resolve(root, env.NEPHOSCOPE_DATA || '.data')

/** The environment of a run on invented data: in a folder of its own, and never on the Redis of the real data. */
export const apart = (env: NodeJS.ProcessEnv, folder: string): NodeJS.ProcessEnv => ({
  ...env,
  NEPHOSCOPE_DATA: path.join(dataDirOf(env), folder),
  REDIS_URL: undefined,
})

/** What servers alone are given. Workers forget the same (`SERVER_SECRETS`). */
const serverSecrets = new Set(['ADMIN_TOKEN', 'VIEW_TOKEN', 'OIDC_CLIENT_SECRET'])

export const withoutServerSecrets = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !serverSecrets.has(name)))

export type Address = { host: string; port: number }

/** @throws {Failure} when PORT is not a port */
export function addressOf(env: NodeJS.ProcessEnv): Address {
  const port = Number(env.PORT || 3000)
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new Failure(`PORT is '${env.PORT}', which is no port: give a number from 0 to 65535 (0: any free one)`, 2)
  return { host: env.HOST || '127.0.0.1', port }
}

/** Addresses that stand for this machine as a whole. */
const LOCAL_HOSTS = new Set(['127.0.0.1', '::1', '0.0.0.0', '::', 'localhost'])

/** What a person on this machine types into a browser. */
export const urlOf = ({ host, port }: Address): string =>
  `http://${LOCAL_HOSTS.has(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`

/** The port on which the server can listen, never 0. @throws {Failure} when it is taken or may not be used */
export async function freePort({ host, port }: Address, command: string): Promise<number> {
  const listener = createServer()
  try {
    await once(listener.listen(port, host), 'listening')
  } catch (error) {
    throw new Failure(explainPort(error, { host, port }, command))
  }
  const address = listener.address()
  listener.close()
  await once(listener, 'close')
  return typeof address === 'object' && address ? address.port : port
}

function explainPort(error: unknown, { host, port }: Address, command: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : error
  const another = `PORT=${port < 1024 ? 3000 : (port % 65535) + 1} ${command}`
  if (code === 'EADDRINUSE') return `Port ${port} is taken: stop what uses it, or choose another with ${another}`
  if (code === 'EACCES') return `Port ${port} needs rights that you do not have: choose another with ${another}`
  return `Cannot listen on HOST ${host}, port ${port} (${code}): give an address of this machine, such as HOST=127.0.0.1`
}

/**
 * Makes this process the only launcher of the data directory until it ends. The lock is a listening Unix socket: it
 * dies with its process, so there is no stale process id. @throws {Failure} when another launcher holds it
 */
export async function lockDataDir(dataDir: string): Promise<void> {
  try {
    ownFolder(dataDir)
  } catch (error) {
    if (error instanceof Failure) throw error
    throw new Failure(`NEPHOSCOPE_DATA: ${dataDir} cannot be made a folder (${reasonOf(error)}): name another`, 2)
  }
  const file = socketPath(dataDir, 'launcher.sock')
  if (await listenWithPid(file)) return
  const holder = await readPid(file)
  if (holder === undefined) {
    // A killed launcher has left it.
    rmSync(file, { force: true })
    if (await listenWithPid(file)) return
  }
  throw new Failure(
    `Nephoscope runs already on ${dataDir} (process ${holder ?? 'unknown'}): stop it, or choose another folder with NEPHOSCOPE_DATA=/path`,
  )
}

const reasonOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown'

/** Answers every connection with our process id. @returns false when the socket file is there already */
async function listenWithPid(file: string): Promise<boolean> {
  const server = createServer(socket => socket.on('error', () => {}).end(String(process.pid)))
  try {
    await once(server.listen(file), 'listening')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return false
    throw error
  }
  server.unref()
  process.once('exit', () => rmSync(file, { force: true }))
  return true
}

/** The process id of the launcher that listens there; undefined when none does. */
async function readPid(file: string): Promise<string | undefined> {
  const socket = connect(file).setEncoding('utf8')
  try {
    const [pid] = await once(socket, 'data')
    return pid
  } catch {
    return undefined
  } finally {
    socket.destroy()
  }
}
