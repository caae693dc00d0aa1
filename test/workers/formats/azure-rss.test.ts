import { describe, expect, test } from 'vitest'
import { readers } from '../../../workers/formats/registry.ts'
import { fixture, read, readingIn, reasonIn } from './reading.ts'

const incidents = async (xml: string) => readingIn(await read('azure-rss', xml)).incidents

test('an empty channel is the quiet state', async () =>
  expect(await incidents(await fixture('azure-empty.xml'))).toEqual([]))

test('what is not listed is over', () => expect(readers['azure-rss'].complete).toBe(true))

describe('an incident that is listed', async () => {
  const [storage, signIn, network] = await incidents(await fixture('azure-open.xml'))

  test('has its regions and its services sorted out of the categories', () =>
    expect(storage).toMatchObject({
      provider: 'azure',
      title: 'Slow storage in East US 2 and West Europe',
      scope: 'regional',
      regions: ['azure/eastus2', 'azure/westeurope'],
      services: ['Storage', 'Virtual Machines'],
    }))

  test('is minor and under investigation unless words say more', () => {
    expect(storage).toMatchObject({ impact: 'minor', status: 'investigating', resolvedAt: null })
    expect(signIn).toMatchObject({ impact: 'major', status: 'identified' })
    expect(network).toMatchObject({ status: 'monitoring' })
  })

  test('began when it was published, in a date that ends in Z alone', () =>
    expect(storage?.startedAt).toBe('2026-11-24T11:20:00.000Z'))

  test('tells its text as plain text', () =>
    expect(storage?.updates.map(update => update.text)).toEqual(['Reads take longer than usual.\n- Writes are fine']))

  test('leads to the public page, not to the internal host of its link', () =>
    expect(storage?.url).toBe('https://azure.status.microsoft/en-us/status'))

  test('is global when its category says so', () =>
    expect(signIn).toMatchObject({ scope: 'global', regions: [], services: ['Microsoft Entra ID'] }))

  test('is placed by its prose when it has no categories', () => expect(network?.regions).toEqual(['azure/uksouth']))
})

test('a guid that comes back with a later date is another incident', async () => {
  const xml = await fixture('azure-open.xml')
  const [before] = await incidents(xml)
  const [same] = await incidents(xml.replace('11:58:00', '11:59:00'))
  const [later] = await incidents(xml.replace('24 Nov 2026 11:20', '25 Nov 2026 11:20'))
  expect(same).toEqual(before)
  expect(later?.id).not.toBe(before?.id)
})

test('a promise to resolve is no resolution', async () => {
  const xml = await fixture('azure-open.xml')
  const [storage] = await incidents(xml.replace('Reads take longer', 'Until this is resolved, reads take longer'))
  expect(storage?.status).toBe('investigating')
  const [resolved] = await incidents(xml.replace('<title>Slow', '<title>RESOLVED: Slow'))
  expect(resolved).toMatchObject({ status: 'resolved', resolvedAt: '2026-11-24T11:20:00.000Z' })
})

test('an item without a date leaves the others standing', async () => {
  const xml = (await fixture('azure-open.xml')).replace('24 Nov 2026 11:20:00 Z', 'soon')
  expect(await incidents(xml)).toHaveLength(2)
})

test('an answer that was cut short is no reading', async () => {
  const xml = await fixture('azure-open.xml')
  reasonIn(await read('azure-rss', xml.slice(0, xml.length / 2)))
  reasonIn(await read('azure-rss', ''))
  expect(reasonIn(await read('azure-rss', '<!doctype html><html></html>'))).toContain('web page')
})

test('a feed none of whose items can be read is no reading, for it would end every incident', async () =>
  expect(reasonIn(await read('azure-rss', (await fixture('azure-open.xml')).replaceAll(' Z<', ' soon<')))).toContain(
    'pubDate',
  ))
