import { readFile } from 'node:fs/promises'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

const USER = 'nephoscope'
const PASSWORD = 'a password of the mail server'

type Refusal = { code: number; message: string }

/** A mail server on loopback that takes mail for example.com. */
export async function startEmail(options: SMTPServerOptions = {}) {
  const mails: ParsedMail[] = []
  const refusals = { mail: [] as Refusal[], recipient: new Map<string, Refusal>() }
  let failing = { rate: 0, random: () => 1 }
  const [key, cert] = await Promise.all([fixture('key.pem'), fixture('localhost.pem')])
  const server = new SMTPServer({
    key,
    cert,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    onAuth({ username, password }, _session, done) {
      if (username === USER && password === PASSWORD) return done(null, { user: USER })
      done(replyOf({ code: 535, message: 'Authentication credentials invalid' }))
    },
    onRcptTo({ address }, _session, done) {
      const refusal = refusals.recipient.get(address)
      if (refusal !== undefined) return done(replyOf(refusal))
      done(address.endsWith('@example.com') ? null : replyOf({ code: 550, message: 'Relaying denied' }))
    },
    onData(stream, _session, done) {
      const mode = failing.random() < failing.rate ? failures[Math.floor(failing.random() * failures.length)] : null
      simpleParser(stream).then(
        mail => {
          const refusal = refusals.mail.shift() ?? (mode === 'busy' ? { code: 451, message: 'Try again later' } : null)
          if (refusal !== null) return done(replyOf(refusal))
          if (mode === 'cut before') return cut(server)
          mails.push(mail)
          if (mode === 'cut after') return cut(server)
          done()
        },
        error => done(error),
      )
    },
    ...options,
  })
  server.on('error', () => undefined) // clients that hang up
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()))
  const address = server.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    config: {
      host: '127.0.0.1',
      port,
      tls: 'none',
      user: USER,
      password: PASSWORD,
      from: 'Clouds <status@example.com>',
      to: ['ann@example.com'],
    },
    mails,
    /** The next mails are refused with these. */
    refuseNext: (...next: Refusal[]) => void refusals.mail.push(...next),
    refuseRecipient: (recipient: string, refusal: Refusal) => void refusals.recipient.set(recipient, refusal),
    connections: () => server.connections.size,
    received: () =>
      mails.map(({ headers }) => {
        const [key = '', conversation = '', n] = String(headers.get('x-nephoscope-message')).split(' ')
        return { key: decodeURIComponent(key), conversation: decodeURIComponent(conversation), n: Number(n) }
      }),
    fail: (rate: number, random: () => number) => {
      failing = { rate, random }
    },
    async stop() {
      cut(server)
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}

const fixture = (name: string) => readFile(new URL(`../../fixtures/tls/${name}`, import.meta.url), 'utf8')

/** 'cut after' is the one that makes doubles: the mail was taken, and its sender does not know. */
const failures = ['busy', 'cut before', 'cut after'] as const

const replyOf = ({ code, message }: Refusal): Error => Object.assign(new Error(message), { responseCode: code })

/** As a network does; the server ends its own connections only politely. */
function cut(server: SMTPServer): void {
  for (const connection of server.connections) connection.close()
}
