import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './built.mjs'
import { command } from './command.mjs'
import { ensurePackages } from './packages.mjs'
import { fromRoot } from './settings.mjs'

/** `npm run opml -- import <file>` and `npm run opml -- export`: feeds from other feed readers, and for them. */
await command(async () => {
  await ensurePackages()
  await ensureBuilt({ quiet: true }) // what is printed goes into a file
  await import(pathToFileURL(fromRoot('dist', 'workers-opml.js')).href)
})
