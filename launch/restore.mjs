import { errand } from './errand.mjs'

/** `npm run restore -- <file> [--force]`: the store back to what a backup holds. */
await errand('ops-restore')
