import { VendorList } from '../../shared/domain/vendor.ts'
import { route } from '../http/route.ts'

/** The list changes with a release. */
export const getVendors = route({
  method: 'get',
  path: '/api/vendors',
  summary: 'The vendors that can be named, to be kept for a day.',
  details:
    'With their sites, and the cloud regions that these run in (`dependencies`; `isCertain`: the vendor says so of the whole site). With an ETag.',
  query: {},
  answers: { 200: VendorList, 304: null },
  access: 'view',
  cache: { maxAgeS: 86_400 },
  handle: (_, { vendorList }: { vendorList: VendorList }) => vendorList,
})
