import { afterAll, beforeAll, expect, test } from 'vitest'
import { keys } from '../../../shared/redis/keys.ts'
import { loadView } from '../../../shared/redis/load-view.ts'
import { refuse } from '../../support/redis-of-file.ts'
import { type TemporaryRedis, temporaryRedis } from '../../support/temporary-redis.ts'

let server: TemporaryRedis
beforeAll(async () => {
  server = await temporaryRedis()
})
afterAll(() => server.close())

const load = async (stored: object) => {
  await server.redis.set(keys.office, JSON.stringify(stored))
  return (await loadView(server.redis, refuse)).settings
}

test('settings that were stored before there were stacks have the stack of their regions', async () => {
  const older = { simulated: true, mine: ['azure/westeurope'], roundTrips: false, walls: {} }
  const uses = [{ kind: 'region', region: 'azure/westeurope' }]
  const stacks = [{ id: 'mine', name: 'Our regions', uses }]
  expect(await load(older)).toEqual({ simulated: true, stacks, roundTrips: false, walls: {} })
  expect((await load({ simulated: true, mine: [] })).stacks).toEqual([])
})

test('settings with stacks are as they are stored', async () => {
  const stacks = [{ id: 'shop', name: 'Shop', uses: [] }]
  expect((await load({ simulated: true, mine: ['azure/westeurope'], stacks })).stacks).toEqual(stacks)
})
