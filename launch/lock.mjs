import { once } from 'node:events'
import { mkdirSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { Failure } from './failure.mjs'
import { socketPath } from './settings.mjs'

/**
 * Makes this process the only launcher of the data directory, until it ends. The lock is a listening Unix socket: it dies
 * with its process, however that ends, so that there is no file whose process id could be stale or somebody else's.
 * @param {string} dataDir is made when it is not there
 * @throws {Failure} when another launcher holds it
 */
export async function lockDataDir(dataDir) {
  mkdirSync(dataDir, { recursive: true })
  const file = socketPath(dataDir, 'launcher.sock')
  if (await listen(file)) return
  const holder = await ask(file)
  if (holder === undefined) {
    // Left by a launcher that was killed.
    rmSync(file, { force: true })
    if (await listen(file)) return
  }
  throw new Failure(
    `Nephoscope runs already on ${dataDir} (process ${holder ?? 'unknown'}): stop it, or choose another folder with NEPHOSCOPE_DATA=/path`,
  )
}

/**
 * Whoever connects is told our process id.
 * @param {string} file
 * @returns {Promise<boolean>} false when the socket file is there already
 */
async function listen(file) {
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

/**
 * @param {string} file
 * @returns {Promise<string | undefined>} the process id of the launcher that listens there; undefined when none does
 */
async function ask(file) {
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
