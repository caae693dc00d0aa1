import { connect, type Socket } from 'node:net'
import { createTransport } from 'nodemailer'
import { checkedLookup } from './checked-lookup.ts'
import type { SendDeps } from './target.ts'

/** @property tls from the begin, by STARTTLS and nothing without it, or none at all */
export type MailServer = {
  host: string
  port: number
  tls: 'implicit' | 'starttls' | 'none'
  user?: string | undefined
  password?: string | undefined
}

/** Connections that are kept between mails, as mail servers slow down who opens one a mail. */
export function mailPools() {
  const pools = new Map<string, MailPool>()
  return {
    poolOf(server: MailServer, deps: Pick<SendDeps, 'checkHost'>): MailPool {
      const { host, port, tls, user, password } = server
      const key = JSON.stringify([host, port, tls, user, password])
      const pool = pools.get(key) ?? openPool(server, deps)
      pools.set(key, pool)
      return pool
    },
    async close(): Promise<void> {
      for (const pool of pools.values()) pool.close()
      pools.clear()
    },
  }
}

type MailPool = ReturnType<typeof openPool>

const TIMEOUT_MS = 15_000

const openPool = ({ host, port, tls, user, password }: MailServer, deps: Pick<SendDeps, 'checkHost'>) =>
  createTransport({
    pool: true,
    maxConnections: 2,
    maxRequeues: 0, // its caller tries again, and knows for how long
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: 2 * TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    getSocket(_options: unknown, callback: (error: Error | null, found?: { connection: Socket }) => void) {
      connectGuarded(host, port, deps).then(
        connection => callback(null, { connection }),
        error => callback(error),
      )
    },
  })

/** Connects to the addresses that were checked, so that a name cannot come to mean another one in between. */
async function connectGuarded(host: string, port: number, { checkHost }: Pick<SendDeps, 'checkHost'>): Promise<Socket> {
  await checkHost(host)
  const socket = connect({ host, port, lookup: checkedLookup(checkHost), timeout: TIMEOUT_MS })
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      socket.destroy()
      reject(error)
    }
    const late = () => fail(new Error('the mail server did not answer'))
    socket.once('error', fail)
    socket.once('timeout', late)
    socket.once('connect', () => {
      socket.off('error', fail).off('timeout', late).setTimeout(0)
      resolve(socket)
    })
  })
}
