import { afterAll, expect, test } from 'vitest'
import { targetKinds } from '../../workers/notify/targets/registry.ts'
import { notifyUnderKills } from '../support/notify-under-kills.ts'
import { type Service, startService } from '../support/services/by-kind.ts'

/** To each kind of target; fewer for a quick look. */
const MESSAGES = Number(process.env.NOTIFY_MESSAGES ?? 10_000)
const KILLS = Number(process.env.NOTIFY_KILLS ?? 20)

/** To these a double is the state that an alarm is in already: it is taken, and tells nobody. */
const alarms: ReadonlySet<string> = new Set(['opsgenie', 'pagerduty'])

const services = new Map<string, Service>()
afterAll(() => Promise.all([...services.values()].map(service => service.stop())))

test('no target loses a message or gets one out of order, and none is told twice where its service has a key', async () => {
  for (const [kind, start] of Object.entries(startService)) services.set(kind, await start())
  const incidents = Math.ceil(MESSAGES / 3)
  const { told, dead } = await notifyUnderKills(services, { incidents, kills: KILLS, patienceS: 1_500 })
  expect(dead).toBe(0)
  const doubled: Record<string, number> = {}
  for (const [kind, conversations] of told) {
    expect(conversations, kind).toHaveLength(incidents)
    const numbers = conversations.map(list => [...new Set(list)])
    // each in order, whatever came twice
    expect(numbers, kind).toEqual(Array.from({ length: incidents }, () => [1, 2, 3]))
    doubled[kind] = conversations.reduce((sum, list) => sum + list.length, 0) - 3 * incidents
    if (targetKinds[kind]?.dropsDoubles && !alarms.has(kind)) expect(doubled[kind], kind).toBe(0)
  }
  console.log(`${3 * incidents} messages to each of ${told.size} kinds; told twice: ${JSON.stringify(doubled)}`)
})
