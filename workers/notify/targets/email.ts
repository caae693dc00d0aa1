import { z } from 'zod'
import { isLoopback } from '../../http/address-guard.ts'
import { clip } from '../../text/plain-text.ts'
import { keyOf } from '../key-of.ts'
import { mailPools } from '../mail-pools.ts'
import { type Sent, target } from '../target.ts'
import { emailHtml } from '../words/email-html.ts'
import type { Message } from '../words/message.ts'
import { shortenToFit, textOf, wordingOf } from '../words/wording.ts'

const Address = z.string().regex(/^[^\s@<>"(),:;[\]\\]{1,64}@[a-z0-9.-]{1,255}$/i, 'must be an e-mail address')

const EmailConfig = z
  .strictObject({
    /** The server that takes our mail. */
    host: z.string().regex(/^[a-z0-9.:-]{1,255}$/i, 'must be the name of a mail server'),
    port: z.int().min(1).max(65_535).optional(),
    tls: z.enum(['implicit', 'starttls', 'none']).optional(),
    user: z.string().min(1).max(300).optional(),
    password: z.string().min(1).max(1000).optional(),
    /** 'status@example.com' or 'Status <status@example.com>' */
    from: z.string().max(400).transform(readSender),
    to: z.union([Address.transform(one => [one]), z.array(Address).min(1).max(50)]),
    /** Where a reader asks for no more of it; by default a mail to `from`. */
    unsubscribe: z
      .string()
      .max(1000)
      .regex(/^(?:mailto:|https:\/\/)[^\s<>"]+$/, 'must begin with mailto: or https://')
      .optional(),
  })
  .refine(({ tls, host }) => tls !== 'none' || isLoopback(host), {
    path: ['tls'],
    error: 'may be none only for a server on this machine: use starttls or implicit',
  })
type EmailConfig = z.infer<typeof EmailConfig>

function readSender(text: string, context: z.RefinementCtx): { name: string; address: string } {
  const [, name = '', inBrackets] = /^([^<>\r\n]{0,200}?)\s*<([^<>]+)>$/.exec(text) ?? []
  const address = Address.safeParse(inBrackets ?? text)
  if (address.success) return { name: name.replaceAll('"', '').trim(), address: address.data }
  context.addIssue({ code: 'custom', message: "must be an e-mail address, or 'Name <address>'" })
  return z.NEVER
}

type Mail = {
  subject: string
  text: string
  html: string
  messageId: string
  inReplyTo?: string
  references?: string
  headers: Record<string, string | { prepared: true; value: string }>
}

const MAX_SUBJECT = 200
const MAX_BYTES = 60_000

/**
 * Mail by SMTP. A conversation is one thread: all its mails have the subject of the first, and refer to it. An attempt
 * has the same Message-ID as the one before it, by which many mailboxes drop doubles.
 */
export const email = target(mailTarget())

function mailTarget() {
  const pools = mailPools()
  return {
    kind: 'email',
    config: EmailConfig,
    secrets: ['password'] as const,
    dropsDoubles: false,
    render: renderMail,
    async send(mail: Mail, config: EmailConfig, deps: Parameters<typeof pools.poolOf>[1]): Promise<Sent> {
      const { host, user, password, from, to } = config
      const port = config.port ?? (config.tls === 'implicit' ? 465 : 587)
      const tls = config.tls ?? (port === 465 ? 'implicit' : 'starttls')
      const pool = pools.poolOf({ host, port, tls, user, password }, deps)
      try {
        const { rejected } = await pool.sendMail({ ...mail, from, to })
        const handle = mail.subject.replace(/^Re: /, '')
        if (rejected.length === 0) return { kind: 'sent', handle }
        return { kind: 'refused', why: `SMTP refused ${clip(rejected.map(name).join(', '), 300)}; the others have it` }
      } catch (error) {
        return failureOf(error)
      }
    },
    close: pools.close,
  }
}

const name = (address: string | { address: string }) => (typeof address === 'string' ? address : address.address)

/** A reply of 5xx is final, except 503 and one to STARTTLS, which anybody on the way could give; all else may pass. */
function failureOf(error: unknown): Sent {
  if (!(error instanceof Error)) throw error
  const why = `SMTP: ${error.message.replace(/\s+/g, ' ').trim().slice(0, 300)}`
  const isTls = 'code' in error && error.code === 'ETLS'
  const isFinal = !isTls && 'permanent' in error && error.permanent === true
  return isFinal ? { kind: 'refused', why } : { kind: 'retry', why, afterMs: null }
}

/** @param firstSubject that of the conversation's first mail: threads are kept together by it as well */
function renderMail(message: Message, { from, unsubscribe }: EmailConfig, firstSubject: string | null): Mail {
  const domain = from.address.slice(from.address.indexOf('@') + 1).toLowerCase()
  const root = `<${keyOf(message.conversation)}@${domain}>`
  const leave = unsubscribe ?? `mailto:${from.address}?subject=unsubscribe%20${message.rule}`
  const { text, html } = shortenToFit(
    message,
    shorter => bodiesOf(shorter, leave),
    bodies => Buffer.byteLength(bodies.html) <= MAX_BYTES,
  )
  const subject = clip(wordingOf(message).headline, MAX_SUBJECT)
  const isFirst = message.n === 1
  return {
    subject: firstSubject === null ? subject : `Re: ${firstSubject}`,
    text,
    html,
    messageId: isFirst ? root : `<${keyOf(message.id)}@${domain}>`,
    ...(isFirst ? {} : { inReplyTo: root, references: root }),
    headers: {
      'Auto-Submitted': 'auto-generated', // nobody's absence note answers it
      'X-Auto-Response-Suppress': 'All',
      'List-Id': prepared(`<${message.rule}.nephoscope.${domain}>`),
      'List-Unsubscribe': prepared(`<${leave}>`),
      ...(leave.startsWith('https:') ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
      'X-Nephoscope-Message': [message.id, message.conversation, message.n].map(encodeURIComponent).join(' '),
    },
  }
}

/** Written as it is, without line breaks of nodemailer's. */
const prepared = (value: string) => ({ prepared: true as const, value })

function bodiesOf(message: Message, leave: string) {
  const wording = wordingOf(message)
  return {
    text: `${textOf(wording)}\n\n-- \n${wording.sender}\nUnsubscribe: ${leave}\n`,
    html: emailHtml(wording, leave),
  }
}
