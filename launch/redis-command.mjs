import { connect } from 'node:net'

/**
 * Sends one command without arguments and reads the first line of the answer. Redis runs before any package is
 * installed, so this speaks its protocol by hand: inline commands, one line each.
 * @see https://redis.io/docs/latest/develop/reference/protocol-spec/#inline-commands
 * @param {string} url `unix:///path` or `redis://host:port`
 * @param {string} command such as `PING`
 * @returns {Promise<string | undefined>} the line, such as `+PONG`; undefined when nobody answers within a second
 */
export function redisCommand(url, command) {
  const socket = connect(addressOf(url))
  return new Promise(resolve => {
    let answer = ''
    socket.setEncoding('utf8').setTimeout(1_000, () => socket.destroy())
    socket.on('connect', () => socket.write(`${command}\r\n`))
    socket.on('data', chunk => {
      answer += chunk
      if (answer.includes('\r\n')) socket.destroy()
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(answer.includes('\r\n') ? answer.slice(0, answer.indexOf('\r\n')) : undefined))
  })
}

/**
 * @param {string} url
 * @returns {{ path: string } | { host: string, port: number }}
 */
function addressOf(url) {
  if (url.startsWith('unix://')) return { path: url.slice('unix://'.length) }
  const { hostname, port } = new URL(url)
  return { host: hostname, port: Number(port || 6379) }
}
