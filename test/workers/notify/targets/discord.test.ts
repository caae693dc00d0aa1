import { describe, expect, onTestFinished, test } from 'vitest'
import { discord } from '../../../../workers/notify/targets/discord.ts'
import { conversation, digest, hostile, mention, message } from '../../../support/messages.ts'
import { startDiscord } from '../../../support/services/discord.ts'
import { teller } from '../../../support/tell-target.ts'

async function start(more: object = {}) {
  const service = await startDiscord()
  const { tell, close } = teller(discord, { ...service.config, ...more })
  onTestFinished(async () => {
    await close()
    await service.stop()
  })
  return { ...service, tell }
}

const [opened, worse, acknowledged, resolved] = conversation()
const first = '2000000000000000000'
const sent = { kind: 'sent', handle: first }

describe('a webhook of Discord', () => {
  test('tells every change, and keeps the first message true', async () => {
    const { tell, messages, received } = await start()
    expect(await tell(opened, worse, acknowledged, resolved)).toEqual([sent, sent, sent, sent])
    const embeds = [...messages.values()].map(({ embeds: [embed] }) => embed)
    expect(embeds.map(embed => embed?.description.split('\n')[0])).toEqual([
      '**Resolved**',
      '**Worse\\: major outage**',
      '**Acknowledged by Ann**',
      '**Resolved**',
    ])
    expect(embeds[0]).toMatchObject({
      title: '✅ AWS us\\-east\\-1\\: Increased error rates',
      url: opened.url,
      color: 0x016d52,
    })
    expect(received()).toEqual(conversation().map(({ id, n }) => ({ key: id, conversation: opened.conversation, n })))
  })

  test('mentions and links nothing that a text names', async () => {
    const { tell, messages } = await start()
    expect(await tell(message({ title: hostile, words: `# ${hostile}\n- https://evil.example` }))).toEqual([sent])
    const [{ allowed_mentions, embeds } = { allowed_mentions: null, embeds: [] }] = messages.values()
    expect(allowed_mentions).toEqual({ parse: [] })
    expect(embeds[0]?.description).toContain('\\@everyone')
    expect(embeds[0]?.description).toContain('\\[x\\]\\(javascript\\:alert\\)')
    expect(embeds[0]?.description).toContain('\\# \\<\\!channel'.replace('\\!', '!'))
    expect(embeds[0]?.description).toContain('\\- https\\://evil.example')
  })

  test('cuts titles and texts to what an embed may have', async () => {
    const { tell, messages } = await start()
    const also = Array.from({ length: 50 }, (_, n) => mention(n, { title: '*'.repeat(300) }))
    const long = { title: '_'.repeat(300), words: '`'.repeat(2000) }
    expect(await tell(digest(50, { ...long, also }), message(long))).toMatchObject([{ kind: 'sent' }, { kind: 'sent' }])
    const [{ embeds } = { embeds: [] }] = messages.values()
    expect(embeds[0]?.description).toMatch(/and \d+ more/)
    expect(embeds[0]?.title).toMatch(/…$/)
  })

  test('writes into a thread where it is told to', async () => {
    const { thread, ...service } = await startDiscord()
    const { tell, close } = teller(discord, { ...service.config, thread })
    onTestFinished(async () => {
      await close()
      await service.stop()
    })
    expect(await tell(opened, worse)).toEqual([sent, sent])
    expect(service.threads).toEqual([thread, thread])
  })

  test('begins anew where somebody deleted the first message', async () => {
    const { tell, messages } = await start()
    await tell(opened)
    messages.delete(first)
    expect(await tell(worse)).toEqual([{ kind: 'sent', handle: '2000000000000000001' }])
  })

  test('refuses what Discord refuses', async () => {
    const { tell } = await start({ thread: '42' })
    expect(await tell(opened)).toMatchObject([{ kind: 'refused', why: expect.stringContaining('Unknown Channel') }])
    expect(discord.config.safeParse({ url: 'https://discord.example/x', thread: 'general' }).success).toBe(false)
  })

  test.each([
    [{ status: 429, json: { message: 'limited', retry_after: 0.75, global: false } }, 750],
    [{ status: 429, headers: { 'retry-after': '9' } }, 9_000],
    [{ status: 502 }, null],
  ])('%o is tried again', async (reply, afterMs) => {
    const { tell, answerNext } = await start()
    await tell(opened)
    answerNext(reply)
    expect(await tell(worse)).toMatchObject([{ kind: 'retry', afterMs }])
  })
})
