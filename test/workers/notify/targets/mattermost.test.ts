import { describe, expect, onTestFinished, test } from 'vitest'
import { mattermost } from '../../../../workers/notify/targets/mattermost.ts'
import { mattermostWebhook } from '../../../../workers/notify/targets/mattermost-webhook.ts'
import { conversation, digest, hostile, mention, message } from '../../../support/messages.ts'
import { startMattermost } from '../../../support/services/mattermost.ts'
import { startMattermostWebhook } from '../../../support/services/mattermost-webhook.ts'
import { teller } from '../../../support/tell-target.ts'

async function start(more: object = {}) {
  const service = await startMattermost()
  const { tell, close } = teller(mattermost, { ...service.config, ...more })
  onTestFinished(async () => {
    await close()
    await service.stop()
  })
  return { ...service, tell }
}

async function startHook() {
  const service = await startMattermostWebhook()
  const { tell, close } = teller(mattermostWebhook, service.config)
  onTestFinished(async () => {
    await close()
    await service.stop()
  })
  return { ...service, tell }
}

const [opened, worse, acknowledged, resolved] = conversation()
const root = `post${'0'.repeat(22)}`
const sent = { kind: 'sent', handle: root }
const long = Array.from({ length: 50 }, (_, n) => mention(n, { title: '*'.repeat(300) }))

describe('a bot of Mattermost', () => {
  test('tells a conversation in one thread, and keeps its first post true', async () => {
    const { tell, posts, received } = await start()
    expect(await tell(opened, worse, acknowledged, resolved)).toEqual([sent, sent, sent, sent])
    const [head, ...replies] = posts.values()
    expect(head?.props.attachments[0]).toMatchObject({
      color: '#016d52',
      title: '✅ AWS us\\-east\\-1\\: Increased error rates',
      title_link: opened.url,
    })
    expect(replies.map(({ root_id, props }) => [root_id, props.attachments[0]?.text.split('\n')[0]])).toEqual([
      [root, '**Worse\\: major outage**'],
      [root, '**Acknowledged by Ann**'],
      [root, '**Resolved**'],
    ])
    expect(received()).toEqual(conversation().map(({ id, n }) => ({ key: id, conversation: opened.conversation, n })))
  })

  test('begins anew where somebody deleted the first post', async () => {
    const { tell, posts } = await start()
    await tell(opened)
    posts.delete(root)
    expect(await tell(worse)).toEqual([{ kind: 'sent', handle: `post${'0'.repeat(21)}1` }])
  })

  test('a second attempt soon after the first makes no second post', async () => {
    const { tell, posts } = await start()
    await tell(opened, worse, worse)
    expect(posts.size).toBe(2)
  })

  test.each([
    [{ token: 'another-token' }, '401'],
    [{ channel: 'x'.repeat(26) }, '403'],
  ])('%o is refused', async (more, status) => {
    const { tell } = await start(more)
    expect(await tell(opened)).toMatchObject([{ kind: 'refused', why: expect.stringContaining(status) }])
  })

  test('a server that is busy is asked again', async () => {
    const { tell, answerNext } = await start()
    answerNext({ status: 429 })
    expect(await tell(opened)).toEqual([{ kind: 'retry', why: 'HTTP 429', afterMs: null }])
  })

  test('a channel is an id', () => {
    const { success, error } = mattermost.config.safeParse({
      server: 'https://m.example',
      token: 'x'.repeat(26),
      channel: 'ops',
    })
    expect([success, error?.issues[0]?.message]).toEqual([
      false,
      'must be an id of 26 letters and digits (Channel info shows it)',
    ])
  })
})

describe('a webhook of Mattermost', () => {
  test('tells every change by a post of its own', async () => {
    const { tell, posts, received } = await startHook()
    expect(await tell(...conversation())).toEqual(Array(4).fill({ kind: 'sent' }))
    expect(posts.map(({ attachments: [one] }) => one?.fallback.split('.')[0])).toEqual([
      '🔶 New: partial outage',
      '🛑 Worse: major outage',
      '🛑 Acknowledged by Ann',
      '✅ Resolved',
    ])
    expect(received().map(({ n }) => n)).toEqual([1, 2, 3, 4])
  })

  test('mentions nobody, and takes their meaning from marks', async () => {
    const { tell, posts } = await startHook()
    await tell(message({ title: hostile, words: `${hostile}\n1. one\n# two`, why: '@all' }))
    const shown = JSON.stringify(posts)
    expect(shown).not.toMatch(/@(?:all|here|everyone|channel|U1)/)
    expect(posts[0]?.attachments[0]?.text).toContain('\\[x\\]\\(javascript\\:alert\\)')
    expect(posts[0]?.attachments[0]?.text).toContain('\n1\\. one\n\\# two')
  })

  test('keeps a long digest below 7,900 characters', async () => {
    const { tell, posts } = await startHook()
    expect(await tell(digest(50, { also: long, words: '_'.repeat(2000) }))).toEqual([{ kind: 'sent' }])
    expect(posts[0]?.attachments[0]?.text).toMatch(/and \d+ more/)
  })
})
