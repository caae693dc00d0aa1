import { SvelteMap } from 'svelte/reactivity'
import { expect, test } from 'vitest'
import { emptyStackCatalogue } from '../../../client/live/stack-facts.ts'
import { ALL, LINK, OWN, ownStacks } from '../../../client/stacks/own-stacks.svelte.ts'
import type { Region } from '../../../shared/domain/region.ts'
import { formatUse, parseUse, type Stack, type Use } from '../../../shared/domain/stack.ts'
import { region } from '../../support/builders.ts'
import { incident } from '../builders.ts'

const [dublin, virginia, amsterdam] = ['aws/eu-west-1', 'aws/us-east-1', 'azure/westeurope']
const places = new Map([dublin, virginia, amsterdam].map(id => [id, region(id)]))

const use = (text: string): Use => {
  const parsed = parseUse(text, places)
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value
}
const stack = (id: string, ...uses: string[]): Stack => ({ id, name: id.toUpperCase(), uses: uses.map(use) })

type Given = { stored?: Record<string, string>; office?: Stack[] }

function reader({ stored = {}, office = [] }: Given) {
  const values = new Map(Object.entries(stored))
  let isFull = false
  // what the state uses of a storage
  const storage = {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (isFull) throw new DOMException('', 'QuotaExceededError')
      values.set(key, value)
    },
    removeItem: (key: string) => void values.delete(key),
  } as Storage
  const known = new SvelteMap<string, Region>()
  const own = ownStacks({
    storage,
    fromSettings: () => office,
    known: () => known,
    load: async () => emptyStackCatalogue,
  })
  const learn = (...ids: string[]) => {
    for (const id of ids) known.set(id, region(id))
  }
  const open = (query: Record<string, string>) => own.open(new URLSearchParams(query))
  const put = (key: string, text: string) => void values.set(key, text)
  const fill = () => {
    isFull = true
  }
  return { own, learn, open, put, fill, kept: (key = 'nephoscope.stack') => values.get(key) ?? null }
}

function knowing(given: Given) {
  const made = reader(given)
  made.learn(dublin, virginia, amsterdam)
  return made
}
const usesOf = ({ own }: Pick<ReturnType<typeof reader>, 'own'>) => own.standpoint.uses.map(formatUse)
const regionsOf = ({ own }: Pick<ReturnType<typeof reader>, 'own'>) => [...own.standpoint.regions]

test("a link's stack comes before the reader's own, and that before those of the settings", () => {
  const here = knowing({ stored: { 'nephoscope.stack': ':stripe' }, office: [stack('shop', virginia)] })
  expect(usesOf(here)).toEqual(['stripe'])
  here.open({ stack: 'Payments:github;azure/westeurope' })
  expect(usesOf(here)).toEqual(['github', amsterdam])
  expect(here.own.chosen).toMatchObject({ id: LINK, name: 'Payments' })
  expect(here.own.standpoint.name).toBe('Payments')
  here.own.closeLink()
  expect(usesOf(here)).toEqual(['stripe'])
  expect(usesOf(knowing({ office: [stack('shop', virginia)] }))).toEqual([virginia])
})

test('regions that were chosen before there were stacks are the reader’s own stack', () => {
  const here = knowing({ stored: { 'nephoscope.mine': `${dublin} nonsense ${amsterdam}`, 'nephoscope.scope': 'mine' } })
  expect(usesOf(here)).toEqual([dublin, amsterdam])
  expect(here.own.chosen?.id).toBe(OWN)
  const all = knowing({ stored: { 'nephoscope.mine': dublin, 'nephoscope.scope': 'all' } })
  expect([all.own.chosen, regionsOf(all)]).toEqual([null, [dublin]])
})

test('a reader who looked at the regions of the settings alone still does', () => {
  const office = [stack('shop', virginia), stack('mine', dublin)]
  expect(knowing({ stored: { 'nephoscope.scope': 'mine' }, office }).own.chosen?.id).toBe('mine')
})

test('an older link of regions is read as a stack of them', () => {
  const here = knowing({ stored: { 'nephoscope.mine': virginia } })
  here.open({ mine: 'azure.westeurope.atlantis_aws.eu-west-1' })
  expect(regionsOf(here)).toEqual([amsterdam, dublin])
  expect(here.own.link?.unknown).toEqual(['azure/atlantis'])
  expect(here.own.addressText).toBe(`:${amsterdam};${dublin}`)
})

test('a link that is opened before the regions are known brings them once they are', () => {
  const here = reader({})
  here.open({ mine: 'azure.westeurope_aws.eu-west-1' })
  expect(regionsOf(here)).toEqual([])
  here.learn(amsterdam, dublin)
  expect(regionsOf(here)).toEqual([amsterdam, dublin])
  expect(here.own.link?.unknown).toEqual([])
})

test('what is changed while a link is open is not stored before the reader keeps it', () => {
  const here = knowing({ stored: { 'nephoscope.stack': `:${dublin}` } })
  here.open({ stack: `Shop:${amsterdam}` })
  here.own.toggle(use('stripe'))
  expect(usesOf(here)).toEqual([amsterdam, 'stripe'])
  expect(here.kept()).toBe(`:${dublin}`)
  here.own.keepLink()
  expect(here.kept()).toBe(`Shop:${amsterdam};stripe`)
  expect([here.own.link, here.own.chosen?.id]).toEqual([null, OWN])
})

test('what is shown already, or names nothing, opens no link', () => {
  const here = knowing({ stored: { 'nephoscope.mine': dublin } })
  for (const mine of ['', ',,', 'aws.eu-west-1']) here.open({ mine })
  for (const text of ['', ':', ':;', `:${dublin}`, `Other:${dublin}`, 'No Slug']) here.open({ stack: text })
  here.open({})
  expect([here.own.link, here.own.linked]).toEqual([null, null])
  expect(here.own.addressText).toBe(`:${dublin}`)
})

test('one of several stacks is chosen and stays so, and an address chooses another without that', () => {
  const office = [stack('shop', dublin), stack('payments', 'stripe')]
  const here = knowing({ office })
  expect([here.own.choices.map(({ id }) => id), here.own.chosen]).toEqual([['shop', 'payments'], null])
  here.own.choose('payments')
  expect([here.own.standpoint.name, here.own.addressText, usesOf(here)]).toEqual(['PAYMENTS', 'payments', ['stripe']])
  here.open({ stack: 'shop' })
  expect([here.own.chosen?.id, here.kept('nephoscope.choice')]).toEqual(['shop', 'payments'])
  here.open({ stack: 'nobodys' })
  expect(here.own.chosen).toBeNull()
  here.own.choose(ALL)
  expect([here.own.addressText, here.kept('nephoscope.choice')]).toEqual(['', ALL])
})

test('with All, what concerns any of the stacks is told, with the stack that it comes through', () => {
  const { own } = knowing({ office: [stack('shop', dublin), stack('payments', 'stripe')] })
  const [reason] = own.standpoint.reasonsOf(incident('stripe-status/1', { scope: 'unspecified' }))
  expect(reason).toMatchObject({ kind: 'vendor', via: 'payments' })
  expect(own.standpoint.name).toBeNull()
})

test('a first change makes a stack of the reader’s own from what is shown, and a second one changes that', () => {
  const here = knowing({ office: [stack('shop', dublin, 'stripe')] })
  here.own.choose('shop')
  expect(here.own.has(use(dublin))).toBe(true)
  here.own.toggle(use(dublin))
  expect([here.own.chosen?.id, usesOf(here), here.kept()]).toEqual([OWN, ['stripe'], ':stripe'])
  here.own.toggle(use('aws/lambda@us-east-1'))
  expect([usesOf(here), regionsOf(here)]).toEqual([['stripe', 'aws/lambda@us-east-1'], [virginia]])
  here.own.save({ name: 'Mine: and 100%', uses: [use('github[A; B]')] })
  expect(usesOf(knowing({ stored: { 'nephoscope.stack': here.kept() ?? '' } }))).toEqual(['github[A; B]'])
  here.own.clear()
  expect([here.own.own, here.kept(), usesOf(here)]).toEqual([null, null, [dublin, 'stripe']])
})

test('what another tab saves is shown, and what cannot be kept is said', () => {
  const here = knowing({})
  expect(here.own.save({ name: 'Shop', uses: [use('stripe')] })).toBe(true)
  here.put('nephoscope.stack', 'Shop:github')
  here.own.reread()
  expect(usesOf(here)).toEqual(['github'])
  here.fill()
  expect(here.own.save({ name: '', uses: [use('stripe')] })).toBe(false)
  expect(usesOf(here)).toEqual(['stripe'])
})
