import { describe, expect, onTestFinished, test } from 'vitest'
import { targetKinds } from '../../../../workers/notify/targets/registry.ts'
import type { Message } from '../../../../workers/notify/words/message.ts'
import { conversation } from '../../../support/messages.ts'
import { startService } from '../../../support/services/by-kind.ts'
import { seeded, teller } from '../../../support/tell-target.ts'

const incidents = Array.from({ length: 8 }, (_, n): Message[] =>
  conversation().map(message => ({ ...message, id: `${message.id}/${n}`, conversation: `shop/aws/${n}` })),
)

/** To these a double is the state that an alarm is in already: it is taken, and tells nobody. */
const alarms: ReadonlySet<string> = new Set(['opsgenie', 'pagerduty'])

test('every kind of target has its simulated service', () => {
  expect(Object.keys(startService)).toEqual(Object.keys(targetKinds))
})

describe('a service that fails three times of ten', () => {
  test.each(Object.entries(startService))('%s: misses nothing, and has each incident in order', async (name, start) => {
    const kind = targetKinds[name]
    if (kind === undefined) throw new Error(`${name} is no kind of target`)
    const service = await start()
    const { tell, close } = teller(kind, service.config)
    onTestFinished(async () => {
      await close()
      await service.stop()
    })
    service.fail(0.3, seeded(7))
    for (const message of incidents.flat()) {
      let answer = await tell(message)
      for (let attempt = 0; answer[0]?.kind === 'retry' && attempt < 50; attempt++) answer = await tell(message)
      expect(answer).toMatchObject([{ kind: 'sent' }])
    }

    const received = service.received()
    const once = [...new Map(received.map(one => [one.key, one])).values()]
    expect(once.map(({ key, n }) => `${key} ${n}`)).toEqual(incidents.flat().map(({ id, n }) => `${id} ${n}`))
    if (kind.dropsDoubles && !alarms.has(name)) expect(received).toHaveLength(once.length)
  })
})
