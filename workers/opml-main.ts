import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { refuse } from '../shared/process.ts'
import { clean, cleanLines } from '../shared/terminal.ts'
import { loadKnownNames } from './config/known-names.ts'
import { feedLines, parseOpml, writeOpml } from './config/opml.ts'
import { loadSources } from './config/sources-file.ts'

/** `import <file>`: OPML → lines for the sources file. `export`: its feeds → OPML. Both on standard output. */
const [what, named] = process.argv.slice(2)

const configured = async () => {
  const name = process.env.NEPHOSCOPE_CONFIG || 'config/sources.yaml'
  const known = await loadKnownNames(new URL('../shared/', import.meta.url))
  const { sources } = await loadSources(name, process.env, file => readFile(file, 'utf8'), known)
  return sources.ok ? sources.value.sources : refuse(sources.error)
}

if (what === 'import' && named !== undefined) {
  // npm changes to the project's folder, but the path is relative to where the command was given.
  const file = path.resolve(process.env.INIT_CWD ?? '.', named)
  const text = await readFile(file, 'utf8').catch((error: Error) => refuse(`${named} cannot be read: ${error.message}`))
  const feeds = parseOpml(text)
  if (!feeds.ok) refuse(`${named} ${feeds.error}`)
  const { lines, leftOut } = feedLines(feeds.value, await configured())
  process.stdout.write(cleanLines(lines.map(line => `${line}\n`).join('')))
  for (const url of leftOut) process.stderr.write(`left out, as it is watched already or cannot be: ${clean(url)}\n`)
} else if (what === 'export') {
  const feeds = (await configured()).filter(({ kind }) => kind === 'feed')
  process.stdout.write(cleanLines(writeOpml(feeds, new Date())))
} else refuse('Use: npm run opml -- import <file.opml>, or npm run --silent opml -- export > feeds.opml')
