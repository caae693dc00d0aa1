import { once } from 'node:events'
import { createServer } from 'node:http'
import Koa from 'koa'
import { expect, onTestFinished, test } from 'vitest'
import { routerOf } from '../../../server/http/route.ts'
import { getVendors } from '../../../server/routes/vendors.ts'
import { VendorList } from '../../../shared/domain/vendor.ts'
import { loadVendors, slimVendors, vendorFacts } from '../../../shared/vendors/catalogue.ts'
import { factsOfList } from '../../../shared/vendors/vendor-facts.ts'

const catalogue = await loadVendors(new URL('../../../shared/vendors/', import.meta.url))

test('the vendors are given without what only workers need, to be kept for a day', async () => {
  const router = routerOf([getVendors], { vendorList: slimVendors(catalogue) })
  const server = createServer(new Koa().use(router.routes()).callback()).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/api/vendors`
  const answer = await fetch(url)
  expect(answer.headers.get('cache-control')).toBe('max-age=86400')
  const list = VendorList.parse(await answer.json())
  expect(list.vendors).toHaveLength(catalogue.vendors.size)
  expect(list.vendors.find(({ id }) => id === 'onelogin')).toEqual({
    id: 'onelogin',
    name: 'OneLogin',
    aliases: [],
    domains: ['onelogin.com'],
    category: 'identity-security',
    home: 'https://status.us.onelogin.com',
    hasSource: true,
    sites: ['us', 'eu'],
  })
  const again = await fetch(url, {
    headers: { 'If-None-Match': answer.headers.get('etag') ?? '', 'Cache-Control': '' },
  })
  expect(again.status).toBe(304)
  // a page and a server answer the same
  const [own, theirs] = [vendorFacts(catalogue), factsOfList(list)]
  for (const { vendor, site } of list.dependencies)
    expect(theirs.dependencies(vendor, site)).toEqual(own.dependencies(vendor, site))
  for (const id of ['datadog', 'datadog-eu1', 'onelogin-eu', 'github']) expect(theirs.siteOf(id)).toBe(own.siteOf(id))
})
