import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { servicesIn, serviceTable } from '../../../client/live/service-table.ts'
import { loadServices } from '../../../shared/services/service-table.ts'

const services = await loadServices(new URL('../../../shared/services/', import.meta.url))
const table = serviceTable(services.values())

test('the page reads every service as the catalogue has it', () => {
  const wanted = [...services.values()].map(({ keys: _, ...service }) => service)
  expect([...servicesIn(table).values()]).toEqual(wanted)
})

test('the table is small: 40 KB at most over the wire', () => {
  expect(gzipSync(table).length).toBeLessThan(40 * 1024)
})
