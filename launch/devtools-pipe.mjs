/** Messages of the DevTools protocol on Chromium's descriptors 3 (to it) and 4 (from it), each ended by a zero byte. */

/**
 * @typedef {{ id?: number, method?: string, params?: Record<string, any>, result?: Record<string, any>, error?: { message: string } }} Message
 * @typedef {object} DevTools
 * @property {(method: string, params?: object, sessionId?: string) => Promise<Record<string, any>>} send rejects when the browser refuses or ends
 * @property {(listener: (method: string, params: Record<string, any>) => void) => void} on
 */

/**
 * @param {import('node:stream').Stream | null | undefined} to
 * @param {import('node:stream').Stream | null | undefined} from
 * @returns {DevTools}
 * @see https://chromedevtools.github.io/devtools-protocol/
 */
export function devtoolsPipe(to, from) {
  const input = /** @type {import('node:stream').Writable} */ (to)
  const output = /** @type {import('node:stream').Readable} */ (from)
  /** @type {Map<number, { resolve: (result: Record<string, any>) => void, reject: (error: Error) => void }>} */
  const waiting = new Map()
  /** @type {((method: string, params: Record<string, any>) => void)[]} */
  const listeners = []
  let asked = 0
  let rest = ''

  const take = (/** @type {Message} */ message) => {
    if (message.id === undefined) {
      for (const listener of listeners) listener(message.method ?? '', message.params ?? {})
      return
    }
    const question = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.error) question?.reject(new Error(message.error.message))
    else question?.resolve(message.result ?? {})
  }
  const end = () => {
    for (const { reject } of waiting.values()) reject(new Error('the browser has ended'))
    waiting.clear()
  }

  output.setEncoding('utf8')
  output.on('data', (/** @type {string} */ text) => {
    const parts = (rest + text).split('\0')
    rest = parts.pop() ?? ''
    for (const part of parts) take(JSON.parse(part))
  })
  output.on('close', end)
  // a browser that has ended closes its pipe; that it ended is told by the process
  input.on('error', end)
  output.on('error', end)

  return {
    send: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        const id = ++asked
        waiting.set(id, { resolve, reject })
        input.write(`${JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) })}\0`)
      }),
    on: listener => listeners.push(listener),
  }
}
