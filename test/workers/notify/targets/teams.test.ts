import { describe, expect, onTestFinished, test } from 'vitest'
import { teams } from '../../../../workers/notify/targets/teams.ts'
import { conversation, digest, hostile, mention, message } from '../../../support/messages.ts'
import { startTeams, textsOf } from '../../../support/services/teams.ts'
import { teller } from '../../../support/tell-target.ts'

async function start(urlOf = (url: string) => url) {
  const service = await startTeams()
  const { tell, close } = teller(teams, { url: urlOf(service.config.url) })
  onTestFinished(async () => {
    await close()
    await service.stop()
  })
  return { ...service, tell }
}

const sent = { kind: 'sent' }

describe('a workflow of Teams', () => {
  test('posts a card for every change', async () => {
    const { tell, cards, received } = await start()
    expect(await tell(...conversation())).toEqual([sent, sent, sent, sent])
    expect(cards.map(({ body: [head] }) => head?.type === 'Container' && head.style)).toEqual([
      'warning',
      'attention',
      'attention',
      'good',
    ])
    expect(cards[0] && textsOf(cards[0])).toEqual([
      'AWS us-east-1: Increased error rates',
      '🔶 New: partial outage',
      'Since: 12:50 CET (their clock 12:46)',
      'Shop uses AWS Lambda in us-east-1.',
      'We are investigating increased error rates.',
      'Nephoscope, rule shop',
    ])
    expect(cards[0]?.actions.map(({ title }) => title)).toEqual(['Open', 'Acknowledge'])
    expect(cards[3]?.actions.map(({ title }) => title)).toEqual(['Open'])
    expect(received()).toEqual(conversation().map(({ id, conversation, n }) => ({ key: id, conversation, n })))
  })

  test('shows texts as they are, in runs that have no Markdown', async () => {
    const { tell, cards } = await start()
    await tell(message({ title: hostile, words: `${hostile}\n\n[x](https://evil.example)` }))
    expect(cards[0] && textsOf(cards[0])).toContain('[x](https://evil.example)')
    expect(cards[0]?.actions.map(({ url }) => new URL(url).host)).toEqual(['clouds.example.com', 'clouds.example.com'])
  })

  test('keeps a long digest below 28 KB, with its links', async () => {
    const { tell, cards } = await start()
    const also = Array.from({ length: 50 }, (_, n) => mention(n, { title: '漢'.repeat(300) }))
    expect(await tell(digest(50, { also, words: '漢'.repeat(2000) }))).toEqual([sent])
    expect(JSON.stringify(cards[0])).toMatch(/and \d+ more/)
    expect(JSON.stringify(cards[0])).toContain('selectAction')
  })

  test('a workflow that is gone or another’s refuses, and one that is busy is asked again', async () => {
    const gone = await start(url => url.replace('manual', 'other'))
    expect(await gone.tell(message())).toMatchObject([{ kind: 'refused', why: expect.stringContaining('404') }])
    const anothers = await start(url => url.replace('sig=', 'sig=x'))
    expect(await anothers.tell(message())).toMatchObject([{ kind: 'refused', why: expect.stringContaining('401') }])
    const busy = await start()
    busy.answerNext({ status: 429, headers: { 'retry-after': '12' } })
    expect(await busy.tell(message())).toEqual([{ kind: 'retry', why: 'HTTP 429', afterMs: 12_000 }])
  })
})
