import { describe, expect, test } from 'vitest'
import { Service } from '../../../shared/domain/service.ts'
import { loadCatalogue } from '../../../shared/regions/catalogue.ts'
import { loadServices, parseServices } from '../../../shared/services/service-table.ts'

const heading = 'service\tname\taliases\tkeys\tcategory\tscope\tunder\tbroad\n'
const row = (
  fields: Partial<Record<'service' | 'name' | 'aliases' | 'keys' | 'category' | 'scope' | 'under' | 'broad', string>>,
) => {
  const whole = {
    service: 'vm',
    name: 'Virtual Machines',
    aliases: '',
    keys: '',
    category: 'compute',
    scope: 'zonal',
    under: '',
    broad: '',
  }
  return `${Object.values({ ...whole, ...fields }).join('\t')}\n`
}
const disk = { service: 'disk', name: 'Disks' }

function problems(text: string, name = 'services/cloud.tsv'): string[] {
  const result = parseServices([{ name, text }])
  return result.ok ? [] : result.error.split('\n')
}

test('services come from the lines of a file, under the name of its provider, by rank', () => {
  const text = heading + row({ aliases: 'VM|VMs', keys: 'vm' }) + row({ ...disk, under: 'vm', broad: 'broad' })
  const result = parseServices([{ name: 'services/cloud.tsv', text }])
  expect(result.ok && [...result.value.values()]).toEqual([
    {
      ...{ id: 'cloud/vm', name: 'Virtual Machines', aliases: ['VM', 'VMs'], keys: ['vm'], category: 'compute' },
      ...{ scope: 'zonal', under: null, isBroad: false, rank: 1 },
    },
    {
      ...{ id: 'cloud/disk', name: 'Disks', aliases: [], keys: [], category: 'compute' },
      ...{ scope: 'zonal', under: 'cloud/vm', isBroad: true, rank: 2 },
    },
  ])
})

test('services of two providers may have one name', () => {
  const files = ['a.tsv', 'b.tsv'].map(name => ({ name, text: heading + row({}) }))
  const result = parseServices(files)
  expect(result.ok && [...result.value.keys()]).toEqual(['a/vm', 'b/vm'])
})

describe('a malformed line is told with its number and the mend', () => {
  test.each([
    [row({ service: 'VM' }), "'service: VM' is not a service: use small letters, digits and hyphens"],
    [row({ name: '' }), "'name: ' is not a name: write 1 to 120 characters"],
    [row({ aliases: 'VM|' }), "'aliases: VM|' are not names: write some of 1 to 120 characters, with | between them"],
    [row({ category: 'cloud' }), "'category: cloud' is not a category: use compute, containers"],
    [row({ scope: 'local' }), "'scope: local' is not a scope: use regional, zonal, global"],
    [row({ broad: 'yes' }), "'broad: yes' is neither 'broad' nor empty"],
    [row({ under: 'nothing' }), "'under: nothing' has no line: write the first column of another service"],
    [row({ under: 'vm' }), "'under: vm' closes a circle: leave it out of the widest service"],
  ])('%j', (text, problem) => {
    expect(problems(heading + text)).toEqual([expect.stringContaining(`services/cloud.tsv line 2: ${problem}`)])
  })

  test('a second line of a service, and a name or key of two', () => {
    expect(problems(heading + row({}) + row({ name: 'Other' }))).toEqual([
      "services/cloud.tsv line 3: 'service: vm' has a line already: keep one line a service",
    ])
    expect(problems(heading + row({}) + row({ ...disk, aliases: 'virtual  machines®' }))).toEqual([
      "services/cloud.tsv line 3: 'virtual  machines®' names vm already: let one name be of one service",
    ])
    expect(problems(heading + row({ keys: 'v-m' }) + row({ ...disk, keys: 'VM' }))).toEqual([
      "services/cloud.tsv line 3: 'key vm' names vm already: let one name be of one service",
    ])
  })

  test('a circle of two', () => {
    expect(problems(heading + row({ under: 'disk' }) + row({ ...disk, under: 'vm' }))).toHaveLength(2)
  })

  test('a file that is named for no provider', () => {
    expect(problems(heading, 'services/My cloud.tsv')).toEqual([
      'services/My cloud.tsv: is not named for a provider: use <provider>.tsv',
    ])
  })
})

describe('the services of this project', async () => {
  const services = await loadServices(new URL('../../../shared/services/', import.meta.url))
  const { regions, providers } = await loadCatalogue(new URL('../../../shared/regions/', import.meta.url))

  test('are more than 850, of providers that are known, and whole records', () => {
    expect(services.size).toBeGreaterThan(850)
    for (const { keys: _, ...service } of services.values()) {
      expect(Service.parse(service)).toEqual(service)
      expect(providers.has(service.id.slice(0, service.id.indexOf('/')))).toBe(true)
    }
  })

  test('are never called as a region: a use tells them apart by that', () => {
    expect([...services.keys()].filter(id => regions.has(id))).toEqual([])
  })

  test('on which everything stands are few, and none of them is part of another', () => {
    const broad = [...services.values()].filter(({ isBroad }) => isBroad)
    expect(broad.map(({ id }) => id)).toEqual(expect.arrayContaining(['aws/iam', 'azure/entra-id', 'google/iam']))
    expect(broad.length).toBeLessThan(20)
    expect(broad.filter(({ under }) => under !== null)).toEqual([])
  })
})
