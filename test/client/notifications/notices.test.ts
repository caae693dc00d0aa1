import { expect, test } from 'vitest'
import { NOTICES_KEY, PUSH_KEY, SOUND_KEY } from '../../../client/notifications/notice-keys.ts'
import { noticesState } from '../../../client/notifications/notices.svelte.ts'
import { desktopNotifications } from '../../../client/notifications/notifications.svelte.ts'
import { pushSubscription } from '../../../client/notifications/push-subscription.svelte.ts'
import { en as english } from '../../../client/words/en/page.ts'
import { incident, small, standpointOn } from '../builders.ts'

/** A device that remembers choices, and a page in the background: what it shows, plays and asks the server. */
function world(stored: Record<string, string> = {}) {
  const told: string[] = []
  const idle: (() => void)[] = []
  const loads: string[] = []
  const network = { isThere: true }
  // what notices use of a storage
  const storage = {
    getItem: (key: string) => stored[key] ?? null,
    setItem: () => {},
    removeItem: () => {},
  } as Partial<Storage> as Storage
  const notices = noticesState({
    storage,
    idle: run => void idle.push(run),
    async load() {
      loads.push('load')
      if (!network.isThere) throw new Error('not reachable')
      return desktopNotifications({
        storage,
        permission: () => 'granted',
        ask: async () => 'granted',
        show: ({ tag }) => void told.push(`shows ${tag}`),
        tone: { prepare: () => {}, play: () => void told.push('plays') },
        pushed: pushSubscription({
          storage,
          browser: null,
          ask: async path => {
            told.push(`asks ${path}`)
            return Response.json({})
          },
          isOfSettings: () => false,
          warn: () => {},
        }),
        isWatched: () => false,
        words: () => english,
      })
    },
  })
  const mine = standpointOn(['aws/eu-west-1'])
  const notify = (id: string) =>
    notices.notify(new Map(), new Map([[id, incident(id, { regions: ['aws/eu-west-1'] })]]), mine, small)
  return { notices, notify, told, idle, loads, network }
}

test('where nothing was turned on, nothing is loaded before the browser is idle, and nothing is told', async () => {
  const { notices, notify, told, idle, loads } = world({ [NOTICES_KEY]: 'off', [SOUND_KEY]: 'off' })
  notify('aws-1')
  notices.follow(null, 'en')
  expect([notices.isAnyOn, loads]).toEqual([false, []])
  for (const run of idle) run()
  await notices.get()
  notify('aws-2')
  expect([notices.isAnyOn, loads, told]).toEqual([false, ['load'], []])
})

test.each([
  ['notices', { [NOTICES_KEY]: 'on' }, ['shows aws-1', 'shows aws-2']],
  ['the tone', { [SOUND_KEY]: 'on' }, ['plays', 'plays']],
  ['notices while no page is open', { [PUSH_KEY]: 'id1 {}' }, []],
])(
  'where %s were turned on before, what comes while they are loaded is told in its order',
  async (_, stored, expected) => {
    const { notices, notify, told, loads } = world(stored)
    expect([notices.isAnyOn, loads]).toEqual([true, ['load']])
    notify('aws-1')
    notify('aws-2')
    await notices.get()
    expect([notices.isAnyOn, told, loads]).toEqual([true, expected, ['load']])
  },
)

test('what could not be loaded is tried again by the next who asks', async () => {
  const { notices, loads, network } = world()
  network.isThere = false
  await expect(notices.get()).rejects.toThrow('not reachable')
  expect(notices.value).toBe(null)
  network.isThere = true
  await notices.get()
  expect([notices.value === null, loads]).toEqual([false, ['load', 'load']])
})
