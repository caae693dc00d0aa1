import { describe, expect, onTestFinished, test } from 'vitest'
import { Refusal } from '../../../../workers/http/outcome.ts'
import { email } from '../../../../workers/notify/targets/email.ts'
import { conversation, digest, hostile, mention, message } from '../../../support/messages.ts'
import { startEmail } from '../../../support/services/email.ts'
import { teller } from '../../../support/tell-target.ts'

async function start(more: object = {}, options: Parameters<typeof startEmail>[0] = {}) {
  const service = await startEmail(options)
  const { tell, deps, close } = teller(email, { ...service.config, ...more })
  onTestFinished(async () => {
    await close()
    await service.stop()
  })
  return { ...service, tell, deps }
}

const [opened, worse, acknowledged, resolved] = conversation()
const sent = { kind: 'sent', handle: 'AWS us-east-1: Increased error rates' }

describe('mail', () => {
  test('tells a conversation in one thread, over one connection', async () => {
    const { tell, mails, connections, received } = await start()
    expect(await tell(opened, worse, acknowledged, { ...resolved, title: 'Renamed' })).toEqual([sent, sent, sent, sent])
    const [first, ...others] = mails
    expect(mails.map(({ subject }) => subject)).toEqual([
      'AWS us-east-1: Increased error rates',
      ...Array(3).fill('Re: AWS us-east-1: Increased error rates'),
    ])
    expect(others.map(({ inReplyTo, references }) => [inReplyTo, references])).toEqual(
      Array(3).fill([first?.messageId, first?.messageId]),
    )
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(4)
    expect(connections()).toBe(1)
    expect(received()).toEqual(conversation().map(({ id, n }) => ({ key: id, conversation: opened.conversation, n })))
  })

  test('says all that a message has, as text and as HTML', async () => {
    const { tell, mails } = await start()
    await tell(opened)
    const [mail] = mails
    expect(mail?.from?.text).toBe('"Clouds" <status@example.com>')
    expect(mail?.text).toBe(
      [
        '🔶 New: partial outage. AWS us-east-1: Increased error rates',
        'Since: 12:50 CET (their clock 12:46)',
        '',
        'Shop uses AWS Lambda in us-east-1.',
        '',
        'We are investigating increased error rates.',
        '',
        `Open: ${opened.url}`,
        `Acknowledge: ${opened.acknowledgeUrl}`,
        '',
        '-- ',
        'Nephoscope, rule shop',
        'Unsubscribe: mailto:status@example.com?subject=unsubscribe%20shop',
        '',
      ].join('\n'),
    )
    for (const text of [opened.why, opened.words, 'Increased error rates', '12:50 CET', '>Acknowledge<'])
      expect(mail?.html).toContain(text)
  })

  test('is marked as a machine’s and as a list’s, so that nobody answers it and everybody can leave', async () => {
    const { tell, mails } = await start()
    await tell(opened)
    const lines = new Map(mails[0]?.headerLines.map(({ key, line }) => [key, line]))
    expect(lines.get('auto-submitted')).toBe('Auto-Submitted: auto-generated')
    expect(lines.get('list-id')).toBe('List-ID: <shop.nephoscope.example.com>')
    expect(lines.get('list-unsubscribe')).toContain('<mailto:status@example.com?subject=unsubscribe%20shop>')
    expect(lines.has('list-unsubscribe-post')).toBe(false)
  })

  test('can be left by one click where there is an address for it', async () => {
    const unsubscribe = `https://example.com/leave?who=${'x'.repeat(100)}`
    const { tell, mails } = await start({ unsubscribe })
    await tell(opened)
    const lines = new Map(mails[0]?.headerLines.map(({ key, line }) => [key, line]))
    expect(lines.get('list-unsubscribe')?.replace(/\s+/g, '')).toBe(`List-Unsubscribe:<${unsubscribe}>`)
    expect(lines.get('list-unsubscribe-post')).toBe('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
  })

  test('has the same Message-ID at every attempt', async () => {
    const { tell, mails, refuseNext } = await start()
    await tell(opened, opened)
    refuseNext({ code: 451, message: 'Try again later' })
    expect(await tell(worse)).toMatchObject([{ kind: 'retry' }])
    await tell(worse, worse)
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(2)
  })

  test('holds no header and no element that a text brings', async () => {
    const { tell, mails } = await start()
    const title = `x\r\nBcc: eve@example.com\r\n\r\n${hostile}`
    await tell(
      message({
        title,
        words: `${hostile}\n.\nQUIT`,
        why: hostile,
        acknowledged: { by: hostile.slice(0, 80), at: opened.at, until: null, note: hostile },
      }),
    )
    const [mail] = mails
    expect(mail?.bcc).toBeUndefined()
    expect(mail?.to).toMatchObject({ text: 'ann@example.com' })
    expect(mail?.subject).toContain('Bcc: eve@example.com <!channel>')
    expect(mail?.html).not.toContain('<script')
    expect(mail?.html).toContain('&lt;script&gt;')
    expect(mail?.text).toContain('\n.\nQUIT')
  })

  test('a long digest is cut', async () => {
    const { tell, mails } = await start()
    const also = Array.from({ length: 50 }, (_, n) => mention(n, { title: '<'.repeat(300) }))
    expect(await tell(digest(50, { also, words: '漢'.repeat(2000) }))).toMatchObject([{ kind: 'sent' }])
    expect(mails[0]?.text).toMatch(/and \d+ more/)
  })

  test.each([
    [421, 'retry'],
    [451, 'retry'],
    [503, 'retry'],
    [550, 'refused'],
    [554, 'refused'],
  ])('a reply of %i: %s', async (code, kind) => {
    const { tell, refuseNext } = await start()
    refuseNext({ code, message: 'No' })
    expect(await tell(opened)).toMatchObject([{ kind, why: expect.stringContaining(String(code)) }])
  })

  test('a wrong password is refused, and no message shows it', async () => {
    const { tell } = await start({ password: 'a wrong password' })
    const [answer] = await tell(opened)
    expect(answer).toMatchObject({ kind: 'refused', why: expect.stringContaining('535') })
    expect(JSON.stringify(answer)).not.toContain('wrong')
  })

  test('a recipient who is refused is named; the others have the mail', async () => {
    const { tell, mails, refuseRecipient } = await start({ to: ['ann@example.com', 'bob@example.com'] })
    refuseRecipient('bob@example.com', { code: 550, message: 'No such user' })
    expect(await tell(opened)).toEqual([{ kind: 'refused', why: 'SMTP refused bob@example.com; the others have it' }])
    expect(mails).toHaveLength(1)
  })

  test('a server that nobody runs is asked again', async () => {
    const { tell, stop } = await start()
    await stop()
    expect(await tell(opened)).toMatchObject([{ kind: 'retry', why: expect.stringContaining('ECONNREFUSED') }])
  })

  test('an address that may not be reached gets no connection, whatever its name says', async () => {
    const { deps, config, connections } = await start({ host: 'localhost' })
    const asked: string[] = []
    const checkHost = async (host: string) => {
      asked.push(host)
      if (host === '127.0.0.1' || host === '::1') throw new Refusal(`${host} is a private address`)
    }
    const read: unknown = email.config.parse({ ...config, host: 'localhost' })
    const answer = await email.tell(opened, read, null, { ...deps, checkHost })
    expect(answer).toMatchObject({ kind: 'retry', why: expect.stringContaining('is a private address') })
    expect(asked[0]).toBe('localhost')
    expect(connections()).toBe(0)
  })

  test('is not sent, and no password is, where the connection is not private', async () => {
    const plain = await start({ tls: 'starttls' })
    expect(await plain.tell(opened)).toMatchObject([{ kind: 'retry', why: expect.stringMatching(/STARTTLS/) }])
    const untrusted = await start({ tls: 'starttls' }, { disabledCommands: [] })
    expect(await untrusted.tell(opened)).toMatchObject([
      { kind: 'retry', why: expect.stringMatching(/certificate|self/i) },
    ])
    const implicit = await start({ tls: 'implicit' }, { secure: true })
    expect(await implicit.tell(opened)).toMatchObject([
      { kind: 'retry', why: expect.stringMatching(/certificate|self/i) },
    ])
    expect([plain, untrusted, implicit].map(({ mails }) => mails.length)).toEqual([0, 0, 0])
  })

  test.each([
    [
      { host: 'mail.example.com', tls: 'none' },
      'may be none only for a server on this machine: use starttls or implicit',
    ],
    [{ from: 'Clouds' }, "must be an e-mail address, or 'Name <address>'"],
    [{ from: 'Clouds <a@example.com>\r\nBcc: x@example.com' }, "must be an e-mail address, or 'Name <address>'"],
    [{ unsubscribe: 'http://example.com' }, 'must begin with mailto: or https://'],
  ])('%o is a mistake', (more, mend) => {
    const config = { host: 'localhost', from: 'a@example.com', to: 'b@example.com', ...more }
    expect(email.config.safeParse(config).error?.issues.map(({ message }) => message)).toEqual([mend])
  })
})
