import { describe, expect, onTestFinished, test } from 'vitest'
import { slackWebhook } from '../../../../workers/notify/targets/slack-webhook.ts'
import { conversation, digest, hostile, message } from '../../../support/messages.ts'
import { commandsIn } from '../../../support/services/slack.ts'
import { startSlackWebhook } from '../../../support/services/slack-webhook.ts'
import { teller } from '../../../support/tell-target.ts'

async function start(path = '') {
  const service = await startSlackWebhook()
  const { tell, close } = teller(slackWebhook, { url: service.config.url + path })
  onTestFinished(async () => {
    await close()
    await service.stop()
  })
  return { ...service, tell }
}

const sent = { kind: 'sent' }

describe('a webhook of Slack', () => {
  test('tells every change by a message of its own', async () => {
    const { tell, told, received } = await start()
    expect(await tell(...conversation(), digest(50))).toEqual([sent, sent, sent, sent, sent])
    expect(told.map(({ text }) => text.split('.')[0])).toEqual([
      '🔶 New: partial outage',
      '🛑 Worse: major outage',
      '🛑 Acknowledged by Ann',
      '✅ Resolved',
      '⚠️ Digest',
    ])
    expect(received().map(({ n }) => n)).toEqual([1, 2, 3, 4, 1])
  })

  test('carries out no command that a text holds', async () => {
    const { tell, told } = await start()
    await tell(message({ title: hostile, words: hostile, why: hostile }))
    expect(told.flatMap(commandsIn)).toEqual([])
  })

  test('a webhook that is gone refuses, and one that is busy is asked again', async () => {
    const gone = await start('gone')
    expect(await gone.tell(message())).toEqual([{ kind: 'refused', why: 'HTTP 404: no_service' }])
    const busy = await start()
    busy.answerNext({ status: 429, text: 'rate_limited', headers: { 'retry-after': '3' } })
    expect(await busy.tell(message())).toEqual([{ kind: 'retry', why: 'HTTP 429: rate_limited', afterMs: 3_000 }])
  })
})
