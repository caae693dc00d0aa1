import { describe, expect, onTestFinished, test } from 'vitest'
import { opsgenie } from '../../../../workers/notify/targets/opsgenie.ts'
import { conversation, digest, hostile, mention, message } from '../../../support/messages.ts'
import { startOpsgenie } from '../../../support/services/opsgenie.ts'
import { teller } from '../../../support/tell-target.ts'

async function start() {
  const service = await startOpsgenie()
  const { tell, close } = teller(opsgenie, service.config)
  onTestFinished(async () => {
    await close()
    await service.stop()
  })
  return { ...service, tell }
}

const sent = { kind: 'sent' }

describe('Opsgenie', () => {
  test('has one alert a conversation, whose priority and notes follow it until it is closed', async () => {
    const { tell, alerts, received } = await start()
    const [opened, worse, acknowledged, resolved] = conversation()
    await tell(opened)
    const [alert] = alerts.values()
    expect(alert).toMatchObject({ status: 'open', priority: 'P2', acknowledged: false, entity: 'AWS us-east-1' })
    await tell(worse)
    expect(alert).toMatchObject({ priority: 'P1', count: 2, notes: [expect.stringContaining('Worse: major outage')] })
    await tell(acknowledged)
    expect(alert).toMatchObject({ acknowledged: true, owner: 'Ann' })
    await tell(resolved)
    expect(alert).toMatchObject({ status: 'closed' })
    expect(alerts.size).toBe(1)
    expect(received().map(({ key, n }) => [key, n])).toEqual(conversation().map(({ id, n }) => [id, n]))
  })

  test('takes an acknowledgement back', async () => {
    const { tell, alerts } = await start()
    const [opened, , acknowledged] = conversation()
    await tell(opened, acknowledged, message({ n: 4, occasion: 'lifted', status: 'major_outage' }))
    expect([...alerts.values()]).toMatchObject([{ acknowledged: false, priority: 'P1', status: 'open' }])
  })

  test('opens an alert anew that somebody has closed there', async () => {
    const { tell, alerts } = await start()
    const [opened, worse] = conversation()
    await tell(opened)
    for (const alert of alerts.values()) alert.status = 'closed'
    await tell(worse)
    expect([...alerts.values()]).toMatchObject([{ status: 'open', priority: 'P1' }])
  })

  test('has no alarm for a digest, and closes that of a test at once', async () => {
    const { tell, alerts } = await start()
    expect(await tell(digest(3))).toEqual([sent])
    expect(alerts.size).toBe(0)
    await tell(message({ occasion: 'test', conversation: 'test' }))
    expect([...alerts.values()]).toMatchObject([{ status: 'closed', priority: 'P5' }])
  })

  test('takes what is as long as it can be', async () => {
    const { tell, alerts } = await start()
    const also = Array.from({ length: 50 }, (_, n) => mention(n, { title: hostile.slice(0, 300) }))
    expect(await tell(message({ title: hostile, words: '漢'.repeat(2000), also }))).toEqual([sent])
    expect(alerts.size).toBe(1)
  })

  test.each([
    [
      { status: 422, json: { message: 'bad' } },
      { kind: 'refused', why: expect.stringContaining('bad') },
    ],
    [
      { status: 429, headers: { 'retry-after': '7' } },
      { kind: 'retry', why: 'HTTP 429', afterMs: 7_000 },
    ],
    [{ status: 500 }, { kind: 'retry', why: 'HTTP 500', afterMs: null }],
  ])('answers %o', async (reply, expected) => {
    const { tell, answerNext, alerts } = await start()
    answerNext(reply)
    expect(await tell(message())).toEqual([expected])
    expect(alerts.size).toBe(0)
  })
})
