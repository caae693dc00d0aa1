import { expect, test } from 'vitest'
import { type PushBrowser, pushSubscription } from '../../../client/notifications/push-subscription.svelte.ts'
import type { Stack } from '../../../shared/domain/stack.ts'

const own: Stack = { id: '*own', name: 'Mine', uses: [{ kind: 'region', region: 'aws/eu-west-1' }] }
const shop: Stack = { id: 'shop', name: 'Shop', uses: [] }
const keys = { p256dh: 'B', auth: 'a' }

/** A browser, a server that keeps what it is told, and a storage that outlasts a page. */
function world({ key = 'BKey' as string | null, status = 201 } = {}) {
  const stored = new Map<string, string>()
  const storage = {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, text: string) => void stored.set(name, text),
    removeItem: (name: string) => void stored.delete(name),
  }
  const asked: { line: string; body?: object }[] = []
  const subscribedBy: string[] = []
  const browser: PushBrowser = {
    async subscribe(by) {
      subscribedBy.push(by)
      return { endpoint: `https://push.example/${by}`, keys }
    },
    unsubscribe: async () => void subscribedBy.push('none'),
  }
  const open = () =>
    pushSubscription({
      storage: { ...storage, length: 0, clear: () => stored.clear(), key: () => null },
      browser,
      async ask(path, method, body) {
        asked.push({ line: `${method} ${path}`, ...(body === undefined ? {} : { body }) })
        if (method === 'GET') return Response.json({ key })
        return method === 'POST' ? Response.json({ id: 'id1' }, { status }) : new Response(null, { status: 204 })
      },
      isOfSettings: id => id === 'shop',
      warn: () => undefined,
    })
  return { open, asked, subscribedBy, posts: () => asked.filter(({ line }) => line.startsWith('POST')) }
}

test('a reader who turns it on is subscribed to their own stack, with its uses, or to one of the settings', async () => {
  const { open, posts } = world()
  const pushed = open()
  await pushed.turnOn(own, 'de')
  expect([pushed.isOn, pushed.trouble]).toEqual([true, null])
  await pushed.follow(shop, 'de')
  const same = { endpoint: 'https://push.example/BKey', keys, language: 'de' }
  expect(posts().map(({ body }) => body)).toEqual([
    { ...same, about: { name: 'Mine', uses: own.uses } },
    { ...same, about: { stack: 'shop' } },
  ])
})

test('each page tells the server once, and then only what has changed', async () => {
  const { open, posts } = world()
  await open().turnOn(own, 'en')
  const pushed = open()
  expect(pushed.isOn).toBe(true)
  await pushed.follow(own, 'en')
  await pushed.follow(own, 'en')
  expect(posts()).toHaveLength(2)
  await pushed.follow(own, 'ja')
  expect(posts()).toHaveLength(3)
})

test('a reader who turns it off is subscribed nowhere, and stays so', async () => {
  const { open, asked, subscribedBy } = world()
  const pushed = open()
  await pushed.turnOn(own, 'en')
  await pushed.turnOff()
  expect(pushed.isOn).toBe(false)
  expect(asked.at(-1)).toEqual({ line: 'DELETE /api/push-subscriptions/id1' })
  expect(subscribedBy).toEqual(['BKey', 'none'])
  await open().follow(own, 'en')
  expect(asked).toHaveLength(3)
})

test('it says that nothing is set up here, or that something failed', async () => {
  const off = world({ key: null }).open()
  await off.turnOn(own, 'en')
  expect([off.isOn, off.trouble]).toEqual([false, 'off'])
  const failing = world({ status: 503 }).open()
  await failing.turnOn(own, 'en')
  expect([failing.isOn, failing.trouble]).toEqual([false, 'failed'])
})
