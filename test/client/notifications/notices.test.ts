import { describe, expect, test } from 'vitest'
import { NOTICES_KEY, noticesState, PUSH_KEY, SOUND_KEY } from '../../../client/notifications/notices.svelte.ts'
import type { DesktopNotifications } from '../../../client/notifications/notifications.svelte.ts'
import { catalogueOf, incident, standpointOn } from '../builders.ts'

/** What a device remembers, and notices that write down what they are asked to tell. */
function world(stored: Record<string, string> = {}) {
  const told: string[] = []
  const idle: (() => void)[] = []
  let loads = 0
  let isReachable = true
  const notices = noticesState({
    storage: { getItem: key => stored[key] ?? null },
    async load() {
      loads++
      if (!isReachable) throw new Error('not reachable')
      // what the state uses of them
      return {
        isOn: stored[NOTICES_KEY] === 'on',
        hasSound: false,
        notify: (_before, after) => void told.push([...after.keys()].join(' ')),
        pushed: { isOn: false, follow: async (_stack, language) => void told.push(language) },
      } as Partial<DesktopNotifications> as DesktopNotifications
    },
    idle: run => void idle.push(run),
  })
  const notify = (id: string) =>
    notices.notify(new Map(), new Map([[id, incident(id)]]), standpointOn([]), catalogueOf([], []))
  return {
    notices,
    notify,
    told,
    idle,
    loads: () => loads,
    reach: (is: boolean) => {
      isReachable = is
    },
  }
}

test('where nothing was turned on, nothing is loaded before the browser is idle, and nothing is told', async () => {
  const { notices, notify, told, idle, loads } = world({ [NOTICES_KEY]: 'off' })
  notify('aws-1')
  notices.follow(null, 'en')
  expect([notices.isAnyOn, loads()]).toEqual([false, 0])
  for (const run of idle) run()
  await notices.get()
  expect([notices.isAnyOn, loads(), told]).toEqual([false, 1, []])
})

describe.each([
  ['notices', { [NOTICES_KEY]: 'on' }],
  ['the tone', { [SOUND_KEY]: 'on' }],
  ['notices while no page is open', { [PUSH_KEY]: 'id1 {}' }],
])('where %s were turned on before', (_, stored) => {
  test('they are loaded at once, and what came meanwhile is told, in its order', async () => {
    const { notices, notify, told, loads } = world(stored)
    expect([notices.isAnyOn, loads()]).toEqual([true, 1])
    notify('aws-1')
    notices.follow(null, 'de')
    notify('aws-2')
    await notices.get()
    expect([told, loads()]).toEqual([['aws-1', 'de', 'aws-2'], 1])
  })
})

test('what could not be loaded is tried again by the next who asks', async () => {
  const { notices, reach, loads } = world()
  reach(false)
  await expect(notices.get()).rejects.toThrow('not reachable')
  reach(true)
  await notices.get()
  expect([notices.value === null, loads()]).toEqual([false, 2])
})
