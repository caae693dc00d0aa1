import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import Koa from 'koa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { routerOf } from '../../../server/http/route.ts'
import { currentState } from '../../../server/live/current.ts'
import { getServices } from '../../../server/routes/services.ts'
import { Service } from '../../../shared/domain/service.ts'
import { loadServices } from '../../../shared/services/service-table.ts'
import { namesOf } from '../../support/names.ts'

const services = await loadServices(new URL('../../../shared/services/', import.meta.url))
const Answer = z.strictObject({ services: z.array(z.strictObject(Service.shape)) })

let server: Server
let url: string
beforeAll(async () => {
  const router = routerOf([getServices], {
    services,
    ...namesOf(currentState(), { vendors: new Set(['azure', 'stripe']) }),
  })
  server = createServer(new Koa().use(router.routes()).callback()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/api/services`
})
afterAll(() => server.close())

test('the services of one provider or of all are given, to be kept for a day', async () => {
  const all = await fetch(url)
  expect(all.headers.get('cache-control')).toBe('max-age=86400')
  expect(Answer.parse(await all.json()).services).toHaveLength(services.size)
  const own = Answer.parse(await (await fetch(`${url}?provider=azure`)).json()).services
  expect(own.length).toBeGreaterThan(200)
  expect(own.every(({ id }) => id.startsWith('azure/'))).toBe(true)
  expect(Answer.parse(await (await fetch(`${url}?provider=stripe`)).json()).services).toEqual([])
  expect((await fetch(`${url}?provider=Azure`)).status).toBe(400)
})

test('they are not sent again to whoever has them', async () => {
  const etag = (await fetch(url)).headers.get('etag') ?? ''
  expect((await fetch(url, { headers: { 'If-None-Match': etag, 'Cache-Control': 'max-age=0' } })).status).toBe(304)
})
