import { describe, expect, onTestFinished, test } from 'vitest'
import { pagerduty } from '../../../../workers/notify/targets/pagerduty.ts'
import { conversation, digest, hostile, mention, message } from '../../../support/messages.ts'
import { startPagerduty } from '../../../support/services/pagerduty.ts'
import { teller } from '../../../support/tell-target.ts'

async function start() {
  const service = await startPagerduty()
  const { tell, close } = teller(pagerduty, service.config)
  onTestFinished(async () => {
    await close()
    await service.stop()
  })
  return { ...service, tell }
}

const sent = { kind: 'sent' }

describe('PagerDuty', () => {
  test('has one alert a conversation: triggered, made worse, acknowledged and resolved', async () => {
    const { tell, events, alerts, received } = await start()
    expect(await tell(...conversation())).toEqual([sent, sent, sent, sent])
    expect(events.map(event => [event.event_action, event.payload.severity])).toEqual([
      ['trigger', 'error'],
      ['trigger', 'critical'],
      ['acknowledge', 'critical'],
      ['resolve', 'info'],
    ])
    expect([...alerts.values()]).toEqual(['resolved'])
    expect(received().map(({ key, n }) => [key, n])).toEqual(conversation().map(({ id, n }) => [id, n]))
  })

  test('shows what, where, since when, why, and both links', async () => {
    const { tell, events } = await start()
    await tell(message())
    expect(events[0]).toMatchObject({
      client: 'Nephoscope, rule shop',
      client_url: 'https://clouds.example.com/incidents/aws/use1-errors',
      links: [{ text: 'Open' }, { text: 'Acknowledge' }],
      payload: {
        summary: 'New: partial outage. AWS us-east-1: Increased error rates',
        source: 'AWS us-east-1',
        custom_details: {
          Since: expect.stringContaining('their clock'),
          Why: 'Shop uses AWS Lambda in us-east-1.',
          'Last words': 'We are investigating increased error rates.',
        },
      },
    })
  })

  test('has no alarm for a digest, and one for a test that is over at once', async () => {
    const { tell, events, alerts } = await start()
    expect(await tell(digest(3))).toEqual([sent])
    expect(events).toEqual([])
    await tell(message({ occasion: 'test', conversation: 'test' }))
    expect(events.map(event => event.payload.severity)).toEqual(['info', 'info'])
    expect([...alerts.values()]).toEqual(['resolved'])
  })

  test('takes what is as long as it can be, and what is hostile to markup, as it is', async () => {
    const { tell, events } = await start()
    const long = message({
      title: hostile.repeat(4).slice(0, 300),
      words: '漢'.repeat(2000),
      also: Array.from({ length: 50 }, (_, n) => mention(n, { title: 'x'.repeat(300) })),
      conversation: 'c'.repeat(200),
    })
    expect(await tell(long)).toEqual([sent])
    expect(events[0]?.payload.summary).toContain('<script>')
  })

  test.each([
    [
      { status: 400, json: { status: 'invalid event' } },
      { kind: 'refused', why: expect.stringContaining('invalid event') },
    ],
    [
      { status: 429, headers: { 'retry-after': '7' } },
      { kind: 'retry', why: 'HTTP 429', afterMs: 7_000 },
    ],
    [{ status: 503 }, { kind: 'retry', why: 'HTTP 503', afterMs: null }],
  ])('answers %o', async (reply, expected) => {
    const { tell, answerNext, events } = await start()
    answerNext(reply)
    expect(await tell(message())).toEqual([expected])
    expect(events).toEqual([])
  })

  test('is asked in its region, and refuses a key that is none without showing it', () => {
    const wrong = pagerduty.config.safeParse({ routingKey: 'secret' })
    expect(wrong.error?.message).toContain('Events API v2')
    expect(wrong.error?.message).not.toContain('secret')
    expect(pagerduty.config.parse({ routingKey: 'R'.repeat(32), region: 'eu' })).toMatchObject({ region: 'eu' })
  })
})
