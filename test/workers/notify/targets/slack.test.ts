import { describe, expect, onTestFinished, test } from 'vitest'
import { slack } from '../../../../workers/notify/targets/slack.ts'
import { conversation, digest, hostile, mention, message } from '../../../support/messages.ts'
import { commandsIn, startSlack } from '../../../support/services/slack.ts'
import { teller } from '../../../support/tell-target.ts'

async function start(more: object = {}) {
  const service = await startSlack()
  const { tell, close } = teller(slack, { ...service.config, ...more })
  onTestFinished(async () => {
    await close()
    await service.stop()
  })
  return { ...service, tell }
}

const [opened, worse, acknowledged, resolved] = conversation()
const first = '1764000000.000000'
const sent = { kind: 'sent', handle: `C024BE91L:${first}` }

describe('a bot of Slack', () => {
  test('tells a conversation in one thread, and keeps its first message true', async () => {
    const { tell, messages, received } = await start()
    expect(await tell(opened, worse, acknowledged, resolved)).toEqual([sent, sent, sent, sent])
    const [head, ...replies] = messages.values()
    expect(head?.text).toBe('✅ Resolved. AWS us-east-1: Increased error rates')
    expect(head?.attachments[0]?.color).toBe('#016d52')
    expect(
      replies.map(({ text, thread_ts, reply_broadcast }) => [text.split('.')[0], thread_ts, reply_broadcast]),
    ).toEqual([
      ['🛑 Worse: major outage', first, true],
      ['🛑 Acknowledged by Ann', first, false],
      ['✅ Resolved', first, true],
    ])
    expect(received()).toEqual(conversation().map(({ id, n }) => ({ key: id, conversation: opened.conversation, n })))
  })

  test('says all that a message has, with a button for each link', async () => {
    const { tell, messages } = await start()
    await tell(opened)
    const [{ blocks, attachments } = { blocks: [], attachments: [] }] = messages.values()
    expect(blocks).toMatchObject([{ type: 'header', text: { text: '🔶 AWS us-east-1: Increased error rates' } }])
    expect(attachments[0]?.blocks).toMatchObject([
      { type: 'section', text: { text: '*New: partial outage*\nSince: 12:50 CET (their clock 12:46)' } },
      { type: 'section', text: { type: 'plain_text', text: opened.why } },
      { type: 'section', text: { type: 'plain_text', text: opened.words } },
      { type: 'context' },
      { type: 'actions', elements: [{ text: { text: 'Open' }, url: opened.url }, { text: { text: 'Acknowledge' } }] },
    ])
  })

  test('carries out no command that a text holds', async () => {
    const { tell, messages } = await start()
    const text = { title: hostile, words: hostile, why: hostile, place: hostile.slice(0, 60) }
    const acknowledgement = { by: '<!here>', at: opened.at, until: null, note: hostile }
    const also = [mention(1, { title: hostile, url: 'https://clouds.example.com/a|b' })]
    expect(await tell(message({ ...text, also, acknowledged: acknowledgement }))).toEqual([sent])
    const [posted] = messages.values()
    if (posted === undefined) throw new Error('nothing was posted')
    expect(commandsIn(posted).map(command => command.split('|')[0])).toEqual(['<https://clouds.example.com/a%7Cb'])
    expect(posted.text).toContain('&lt;!channel&gt;')
  })

  test('cuts what is too long for its blocks', async () => {
    const { tell, messages } = await start()
    const also = Array.from({ length: 50 }, (_, n) => mention(n, { title: 'long '.repeat(50) }))
    const words = '漢'.repeat(2000)
    expect(await tell(digest(50, { also, words }), message({ title: 'x'.repeat(300), words }))).toMatchObject([
      { kind: 'sent' },
      { kind: 'sent' },
    ])
    const [long] = messages.values()
    expect(JSON.stringify(long)).toMatch(/and \d+ more/)
  })

  test('a digest, a maintenance and a message that came without its first are messages of their own', async () => {
    const { tell, messages } = await start()
    const window = { from: opened.at, until: null }
    await tell(digest(3), message({ occasion: 'maintenance', isMaintenance: true, window, conversation: 'm' }))
    await tell({ ...worse, conversation: 'other' })
    expect([...messages.values()].map(({ thread_ts }) => thread_ts)).toEqual([undefined, undefined, undefined])
  })

  test('begins anew where somebody deleted the first message', async () => {
    const { tell, messages } = await start()
    await tell(opened)
    messages.delete(first)
    expect(await tell(worse, resolved)).toEqual([
      { kind: 'sent', handle: 'C024BE91L:1764000000.000001' },
      { kind: 'sent', handle: 'C024BE91L:1764000000.000001' },
    ])
  })

  test('still replies where the first message cannot be edited any more', async () => {
    const { tell, messages, answerNext } = await start()
    await tell(opened)
    answerNext({ status: 200, json: { ok: false, error: 'edit_window_closed' } })
    expect(await tell(worse)).toEqual([sent])
    expect(messages.size).toBe(2)
  })

  test.each([
    [{ token: 'xoxb-wrong-token' }, 'Slack: invalid_auth: check the token'],
    [{ channel: '#nowhere' }, 'Slack: channel_not_found: check the channel, and invite the bot to it'],
  ])('%o is refused', async (config, why) => {
    const { tell } = await start(config)
    expect(await tell(opened)).toEqual([{ kind: 'refused', why }])
  })

  test.each([
    [{ status: 429, headers: { 'retry-after': '30' }, json: { ok: false, error: 'ratelimited' } }, 30_000],
    [{ status: 200, headers: { 'retry-after': '5' }, json: { ok: false, error: 'ratelimited' } }, 5_000],
    [{ status: 200, json: { ok: false, error: 'internal_error' } }, null],
    [{ status: 200, text: '<html>a proxy</html>' }, null],
    [{ status: 503 }, null],
  ])('%o is tried again', async (reply, afterMs) => {
    const { tell, answerNext } = await start()
    answerNext(reply)
    expect(await tell(opened)).toMatchObject([{ kind: 'retry', afterMs }])
  })

  test('an attempt that failed between edit and reply is whole at the next one', async () => {
    const { tell, messages, answerNext } = await start()
    await tell(opened)
    answerNext({ status: 200, json: { ok: true } }, { status: 503 })
    expect(await tell(worse)).toMatchObject([{ kind: 'retry' }])
    expect(await tell(worse)).toEqual([sent])
    expect(messages.size).toBe(2)
  })
})
