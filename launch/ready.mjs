import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from './failure.mjs'

/** How long the server may take until it has loaded its view. */
const PATIENCE_MS = 60_000

/** Addresses that stand for this machine as a whole. */
const HERE = new Set(['127.0.0.1', '::1', '0.0.0.0', '::', 'localhost'])

/** @param {{ host: string, port: number }} address @returns {string} what a person types into a browser here */
export const urlOf = ({ host, port }) =>
  `http://${HERE.has(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`

/**
 * Waits until the server answers that it is ready.
 * @param {{ host: string, port: number }} address
 * @param {string} dataDir
 * @throws {Failure} when it is not after a minute
 */
export async function untilReady(address, dataDir) {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(100)) {
    const answer = await fetch(`${urlOf(address)}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(
      () => undefined,
    )
    await answer?.body?.cancel()
    if (answer?.ok) return
  }
  throw new Failure(`The server is not ready after a minute: see ${path.join(dataDir, 'logs')}`)
}
