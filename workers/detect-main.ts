import { refuse } from '../shared/process.ts'
import { loadCatalogue } from '../shared/regions/catalogue.ts'
import { cleanLines } from '../shared/terminal.ts'
import { loadVendors } from '../shared/vendors/catalogue.ts'
import { detect, typedAddress } from './config/detect.ts'
import { readers } from './formats/registry.ts'
import { createHttp, userAgent } from './http/http.ts'
import { placeMatcher } from './places/places.ts'

/**
 * Prints the format of the address on the command line and exits with 0, or why it has none and exits with 1.
 * `--private`: its host is in our own network.
 */
const words = process.argv.slice(2)
const isPrivate = words.includes('--private')
const address = typedAddress(words.find(word => word !== '--private') ?? '')
if (address === null) refuse('Name the address to look at: npm run detect -- https://status.example.com')

const catalogue = await loadCatalogue(new URL('../shared/regions/', import.meta.url))
const { vendors } = await loadVendors(new URL('../shared/vendors/', import.meta.url))
const http = createHttp({ userAgent })
const found = await detect(address, {
  http,
  isPrivate,
  readers,
  places: placeMatcher(catalogue.regions.values()),
  providers: new Set(catalogue.providers.keys()),
  vendors,
  now: Date.now(),
})
await http.close()
if (!found.ok) refuse(found.error, 1)
process.stdout.write(`${cleanLines(found.value)}\n`)
