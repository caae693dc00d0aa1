import { describe, expect, onTestFinished, test } from 'vitest'
import { webhook } from '../../../../workers/notify/targets/webhook.ts'
import { conversation, digest, message } from '../../../support/messages.ts'
import { startWebhook } from '../../../support/services/webhook.ts'
import { teller } from '../../../support/tell-target.ts'

async function start(more: object = {}) {
  const service = await startWebhook()
  const { tell, close } = teller(webhook, { ...service.config, ...more })
  onTestFinished(async () => {
    await close()
    await service.stop()
  })
  return { ...service, tell }
}

const sent = { kind: 'sent' }

describe('a webhook', () => {
  test('gets each message whole, signed as Standard Webhooks says', async () => {
    const { tell, bodies } = await start()
    expect(await tell(...conversation(), digest(2))).toEqual([sent, sent, sent, sent, sent])
    expect(bodies.map(({ type }) => type)).toEqual([
      'incident.opened',
      'incident.worse',
      'incident.acknowledged',
      'incident.resolved',
      'digest',
    ])
    expect(bodies.map(({ data }) => data)).toEqual([...conversation(), digest(2)])
  })

  test('has one id for all attempts at a message, and another for the next one', async () => {
    const { tell, calls, bodies } = await start()
    const [opened, worse] = conversation()
    await tell(opened, opened, worse)
    const ids = calls.map(({ headers }) => headers['webhook-id'])
    expect(ids[0]).toBe(ids[1])
    expect(ids[2]).not.toBe(ids[0])
    expect(bodies).toHaveLength(2)
  })

  test('with another secret is refused by its receiver', async () => {
    const { tell, bodies } = await start({ secret: `whsec_${Buffer.alloc(32, 8).toString('base64')}` })
    expect(await tell(message())).toMatchObject([{ kind: 'refused', why: expect.stringContaining('signature') }])
    expect(bodies).toEqual([])
  })

  test.each([
    [{ status: 410 }, { kind: 'refused', why: 'HTTP 410' }],
    [
      { status: 302, headers: { location: 'https://elsewhere.example/' } },
      { kind: 'refused', why: 'HTTP 302' },
    ],
    [
      { status: 429, headers: { 'retry-after': '7' } },
      { kind: 'retry', why: 'HTTP 429', afterMs: 7_000 },
    ],
    [{ status: 502 }, { kind: 'retry', why: 'HTTP 502', afterMs: null }],
  ])('answers %o', async (reply, expected) => {
    const { tell, answerNext } = await start()
    answerNext(reply)
    expect(await tell(message())).toEqual([expected])
  })

  test('refuses a secret that is none, and does not show it', () => {
    const wrong = webhook.config.safeParse({ url: 'https://a.example/', secret: 'hunter2hunter2' })
    expect(wrong.error?.message).toContain('whsec_')
    expect(wrong.error?.message).not.toContain('hunter2')
  })
})
