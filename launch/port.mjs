import { once } from 'node:events'
import { createServer } from 'node:net'
import { Failure } from './failure.mjs'

/**
 * Makes sure that the server will be able to listen.
 * @param {{ host: string, port: number }} address port 0: any free one
 * @param {string} command such as `npm start`, for the mend
 * @returns {Promise<number>} the port, never 0
 * @throws {Failure} when it is taken or may not be used
 */
export async function freePort({ host, port }, command) {
  const probe = createServer()
  try {
    await once(probe.listen(port, host), 'listening')
  } catch (error) {
    throw new Failure(refusal(error, { host, port }, command))
  }
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address ? address.port : port
}

/**
 * @param {unknown} error
 * @param {{ host: string, port: number }} address
 * @param {string} command
 */
function refusal(error, { host, port }, command) {
  const code = error instanceof Error && 'code' in error ? error.code : error
  const another = `PORT=${port < 1024 ? 3000 : (port % 65535) + 1} ${command}`
  if (code === 'EADDRINUSE') return `Port ${port} is taken: stop what uses it, or choose another with ${another}`
  if (code === 'EACCES') return `Port ${port} needs rights that you do not have: choose another with ${another}`
  return `Cannot listen on HOST ${host}, port ${port} (${code}): give an address of this machine, such as HOST=127.0.0.1`
}
