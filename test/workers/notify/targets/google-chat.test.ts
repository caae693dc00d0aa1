import { describe, expect, onTestFinished, test } from 'vitest'
import { googleChat } from '../../../../workers/notify/targets/google-chat.ts'
import { conversation, digest, hostile, mention, message } from '../../../support/messages.ts'
import { startGoogleChat } from '../../../support/services/google-chat.ts'
import { teller } from '../../../support/tell-target.ts'

async function start(urlOf = (url: string) => url) {
  const service = await startGoogleChat()
  const { tell, close } = teller(googleChat, { url: urlOf(service.config.url) })
  onTestFinished(async () => {
    await close()
    await service.stop()
  })
  return { ...service, tell }
}

const sent = { kind: 'sent' }

describe('a webhook of Google Chat', () => {
  test('tells a conversation in one thread', async () => {
    const { tell, threads, received } = await start()
    expect(await tell(...conversation(), digest(2))).toEqual([sent, sent, sent, sent, sent])
    expect([...threads].map(([key, messages]) => [key, messages.length])).toEqual([
      ['shop/aws/use1-errors', 4],
      ['digest/shop/2026-11-24', 1],
    ])
    expect(received().map(({ key }) => key)).toEqual([...conversation(), digest(2)].map(({ id }) => id))
  })

  test('tells a message once, however often it is sent', async () => {
    const { tell, messages, answerNext } = await start()
    await tell(message(), message())
    answerNext({ status: 503 })
    expect(await tell(message())).toMatchObject([{ kind: 'retry' }])
    await tell(message())
    expect(messages).toHaveLength(1)
    expect(googleChat.dropsDoubles).toBe(true)
  })

  test('shows a card with its facts and buttons', async () => {
    const { tell, messages } = await start()
    await tell(message())
    const card = messages[0]?.cardsV2[0]?.card
    expect(messages[0]?.fallbackDescription).toBe('🔶 New: partial outage. AWS us-east-1: Increased error rates')
    expect(card?.header).toEqual({ title: 'AWS us-east-1: Increased error rates', subtitle: '🔶 New: partial outage' })
    expect(card?.sections[0]?.widgets).toMatchObject([
      { decoratedText: { topLabel: 'Since', text: '12:50 CET (their clock 12:46)' } },
      { textParagraph: { text: 'Shop uses AWS Lambda in us-east-1.' } },
      { textParagraph: { text: 'We are investigating increased error rates.' } },
      { buttonList: { buttons: [{ text: 'Open' }, { text: 'Acknowledge' }] } },
      {},
    ])
  })

  test('escapes what a text holds of HTML', async () => {
    const { tell, messages } = await start()
    const also = [mention(1, { title: hostile, url: "https://clouds.example.com/a'b" })]
    expect(await tell(message({ title: hostile, words: hostile, why: hostile, also }))).toEqual([sent])
    const widgets = JSON.stringify(messages[0]?.cardsV2[0]?.card.sections)
    expect(widgets).toContain('&lt;script&gt;')
    expect(widgets).not.toContain('<script>')
  })

  test('keeps a long digest below 32,000 bytes', async () => {
    const { tell, messages } = await start()
    const also = Array.from({ length: 50 }, (_, n) => mention(n, { title: '漢'.repeat(300) }))
    expect(await tell(digest(50, { also, words: '漢'.repeat(2000) }))).toEqual([sent])
    expect(JSON.stringify(messages[0])).toMatch(/and \d+ more/)
  })

  test('another’s webhook refuses, and one that is busy is asked again', async () => {
    const anothers = await start(url => url.replace('token=t', 'token=x'))
    expect(await anothers.tell(message())).toMatchObject([{ kind: 'refused', why: expect.stringContaining('403') }])
    const busy = await start()
    busy.answerNext({ status: 429, json: { error: { code: 429, status: 'RESOURCE_EXHAUSTED' } } })
    expect(await busy.tell(message())).toMatchObject([{ kind: 'retry', afterMs: null }])
  })
})
