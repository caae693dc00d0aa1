import { VendorList } from '../../shared/domain/vendor.ts'

let loading: Promise<VendorList> | undefined

/** The list of vendors, a file of its own that is loaded once. Rejects where it cannot be loaded; the next call tries again. */
export function loadVendorList(): Promise<VendorList> {
  loading ??= import('virtual:vendors?raw').then(({ default: text }) => VendorList.parse(JSON.parse(text)))
  loading.catch(() => {
    loading = undefined
  })
  return loading
}
