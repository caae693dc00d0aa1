import { SvelteMap } from 'svelte/reactivity'
import { expect, test } from 'vitest'
import { ownRegions } from '../../../client/regions/own-regions.svelte.ts'
import type { Region } from '../../../shared/domain/region.ts'
import { region } from '../../support/builders.ts'

const [dublin, virginia, amsterdam] = ['aws/eu-west-1', 'aws/us-east-1', 'azure/westeurope']

function reader({ stored = null, office = [] }: { stored?: string | null; office?: string[] }) {
  const values = new Map(stored === null ? [] : [['nephoscope.mine', stored]])
  // what the state uses of a storage
  const storage = {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
  } as Storage
  const known = new SvelteMap<string, Region>()
  const own = ownRegions({ storage, fromSettings: () => office, known: () => known })
  const learn = (...ids: string[]) => {
    for (const id of ids) known.set(id, region(id))
  }
  return { own, learn, kept: () => values.get('nephoscope.mine') ?? null }
}

test("a link's regions come before the reader's own, and those before the office's", () => {
  const { own, learn } = reader({ stored: dublin, office: [virginia] })
  learn(dublin, virginia, amsterdam)
  expect([...own.all]).toEqual([dublin])
  own.openLink('azure.westeurope')
  expect([...own.all]).toEqual([amsterdam])
  expect(own.scope).toBe('mine')
  own.closeLink()
  expect([...own.all]).toEqual([dublin])
  expect([...reader({ office: [virginia] }).own.all]).toEqual([virginia])
})

test('a link that is opened before the regions are known brings them once they are', () => {
  const { own, learn } = reader({})
  own.openLink('azure.westeurope_aws.eu-west-1')
  expect([...own.all]).toEqual([])
  learn(amsterdam, dublin)
  expect([...own.all]).toEqual([amsterdam, dublin])
  expect(own.link?.unknown).toEqual([])
})

test('what is changed while a link is open is not stored before the reader keeps it', () => {
  const { own, learn, kept } = reader({ stored: dublin })
  learn(dublin, virginia, amsterdam)
  own.openLink('azure.westeurope')
  own.toggle(virginia)
  expect([...own.all]).toEqual([amsterdam, virginia])
  expect(kept()).toBe(dublin)
  own.keepLink()
  expect(kept()).toBe(`${amsterdam} ${virginia}`)
  expect(own.link).toBeNull()
})

test('what is shown already, or names nothing, opens no link', () => {
  const { own, learn } = reader({ stored: dublin })
  learn(dublin)
  for (const text of [null, '', ',,', 'aws.eu-west-1']) own.openLink(text)
  expect(own.link).toBeNull()
  expect(own.addressText).toBe('aws.eu-west-1')
})
