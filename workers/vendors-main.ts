import { refuse } from '../shared/process.ts'
import { cleanLines } from '../shared/terminal.ts'
import { loadVendors } from '../shared/vendors/catalogue.ts'
import { tellVendors } from './config/vendor-lines.ts'

/** `find <word>`: the vendors that it may mean, and what to write for each. */
const [what, ...words] = process.argv.slice(2)
const word = words.join(' ').trim()
if (what !== 'find' || word === '') refuse('Use: npm run vendors -- find <word>, such as stripe, datadog or GH')

const { vendors } = await loadVendors(new URL('../shared/vendors/', import.meta.url))
const told = tellVendors(word.slice(0, 80), vendors)
if (told === null)
  refuse(`No vendor is called '${word.slice(0, 80)}': npm run detect -- <address> finds the line for a status page`, 1)
process.stdout.write(`${cleanLines(told)}\n`)
