import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './built.mjs'
import { command } from './command.mjs'
import { ensurePackages } from './packages.mjs'
import { fromRoot } from './settings.mjs'

/** `npm run detect -- https://status.example.com`: which format an address has, and the line for the sources file. */
await command(async () => {
  await ensurePackages()
  await ensureBuilt()
  await import(pathToFileURL(fromRoot('dist/workers-detect.js')).href)
})
