import { errand } from './errand.mjs'

/** `npm run backup -- <file>`: the state of the store into a file. */
await errand('ops-backup')
