import { expect, test } from 'vitest'
import { type BrowserStore, memory } from '../../../client/live/memory.ts'
import { minutesAgo, snapshot } from '../builders.ts'

const known = { snapshot: snapshot(), asOf: minutesAgo(3) }

/** A browser in which idle moments and pauses come when the test says so. */
function browser(more: Partial<BrowserStore> = {}) {
  const texts = new Map<string, string>()
  const writings: string[][] = []
  const pending: (() => void)[] = []
  const store: BrowserStore = {
    get: async names => names.map(name => texts.get(name)),
    put: async given => {
      writings.push(Object.keys(given))
      for (const [name, text] of Object.entries(given)) texts.set(name, text)
    },
    clear: async () => texts.clear(),
    ...more,
  }
  let token = false
  let isPrivate = false
  const remembering = memory({
    store,
    hasToken: () => token,
    isGuarded: () => token || isPrivate,
    idle: run => pending.push(run),
    later: run => pending.push(run),
  })
  return {
    ...remembering,
    texts,
    writings,
    /** Lets one waiting thing happen. */
    async pass() {
      pending.shift()?.()
      await new Promise(resolve => setTimeout(resolve))
    },
    give(next: boolean) {
      token = next
    },
    /** It turns out that what is seen is for this reader alone. */
    admit() {
      isPrivate = true
    },
  }
}

test('changes that come thick are written together, when the browser is idle and once a pause', async () => {
  const page = browser()
  let taken = 0
  const take = () => {
    taken += 1
    return known
  }
  for (let n = 0; n < 100; n += 1) page.changed(take)
  expect(page.writings).toEqual([])
  await page.pass()
  page.changed(take)
  page.seen(minutesAgo(1))
  expect([page.writings, taken]).toEqual([[['picture']], 1])
  await page.pass()
  await page.pass()
  expect(page.writings).toEqual([['picture'], ['picture', 'seen']])
  expect((await page.recall())?.asOf).toBe(minutesAgo(1))
})

test('on a quiet night only the time is written', async () => {
  const page = browser()
  page.seen(minutesAgo(1))
  await page.pass()
  expect(page.writings).toEqual([['seen']])
})

test('what is forgotten does not come back with a writing that waited', async () => {
  const page = browser()
  page.changed(() => known)
  page.forget()
  await page.pass()
  expect(await page.recall()).toBeNull()
  expect(page.texts.size).toBe(0)
})

test('what a person saw who is signed in without a token is not shown to whoever comes next', async () => {
  const page = browser()
  page.admit()
  page.changed(() => known)
  await page.pass()
  expect([...page.texts.keys()]).toEqual(['picture'])
  expect(await page.recall()).toBeNull()
  expect([...page.texts.keys()]).toEqual([])
})

test('what was seen with a token is gone as soon as somebody comes without', async () => {
  const page = browser()
  page.give(true)
  page.changed(() => known)
  await page.pass()
  expect(await page.recall()).toEqual(known)
  page.give(false)
  expect(await page.recall()).toBeNull()
  expect(page.texts.size).toBe(0)
})

test('a browser without storage remembers nothing and fails at nothing', async () => {
  const refuse = () => Promise.reject(new Error('storage is forbidden'))
  const page = browser({ get: refuse, put: refuse, clear: refuse })
  page.changed(() => known)
  await page.pass()
  page.forget()
  expect(await page.recall()).toBeNull()
})
