import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Failure } from './failure.mjs'

/** The project's folder: relative paths in settings start here. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** @param {...string} parts */
export const fromRoot = (...parts) => path.join(root, ...parts)

/**
 * The directory of everything that a run leaves behind, absolute.
 * @param {NodeJS.ProcessEnv} env
 */
export const dataDirOf = env => path.resolve(root, env.NEPHOSCOPE_DATA || '.data')

/**
 * Where the server shall listen.
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ host: string, port: number }}
 * @throws {Failure} when PORT is no port
 */
export function addressOf(env) {
  const port = Number(env.PORT || 3000)
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Failure(`PORT is '${env.PORT}', which is no port: give a number from 0 to 65535 (0: any free one)`, 2)
  }
  return { host: env.HOST || '127.0.0.1', port }
}

/** `sun_path` holds 104 bytes on macOS, 108 on Linux, with the closing zero. @see https://man7.org/linux/man-pages/man7/unix.7.html */
const LONGEST_SOCKET_PATH = 103

/**
 * Where a Unix socket of this data directory stands: inside it, or in the system's temporary directory under a name that
 * only this data directory leads to, when the path is too long for a socket or has characters that a URL would escape.
 * @param {string} dataDir
 * @param {string} name
 */
export function socketPath(dataDir, name) {
  const inside = path.join(dataDir, name)
  if (Buffer.byteLength(inside) <= LONGEST_SOCKET_PATH && /^[\w./+-]+$/.test(inside)) return inside
  const digest = createHash('sha256').update(dataDir).digest('hex').slice(0, 16)
  return path.join(tmpdir(), `nephoscope-${digest}-${name}`)
}

/**
 * The environment of a run on invented data: in a folder of its own, and never on a Redis that holds the real ones.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} name of the folder
 * @returns {NodeJS.ProcessEnv}
 */
export const apart = (env, name) => ({ ...env, NEPHOSCOPE_DATA: path.join(dataDirOf(env), name), REDIS_URL: undefined })
