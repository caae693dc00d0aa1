import { expect, test } from 'vitest'
import { notifyUnderKills } from '../support/notify-under-kills.ts'
import { startWebhook } from '../support/services/webhook.ts'

test('no message is lost, doubled or out of order while workers are killed and the service fails', async () => {
  const webhook = await startWebhook()
  try {
    const services = new Map([['webhook', webhook]])
    const { told, dead } = await notifyUnderKills(services, { incidents: 100, kills: 5, patienceS: 60 })
    expect(told.get('webhook')).toEqual(Array.from({ length: 100 }, () => [1, 2, 3]))
    expect(dead).toBe(0)
  } finally {
    await webhook.stop()
  }
})
