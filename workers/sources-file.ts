import path from 'node:path'
import type { RegionId } from '../shared/domain/primitives.ts'
import { fail, ok, type Result } from '../shared/domain/result.ts'
import { parseSources, type SourcesFile } from './source-config.ts'
import type { Environment } from './url-secrets.ts'

/** A sources file with all that it includes. */
export type Sources = Pick<SourcesFile, 'sources' | 'mine' | 'walls' | 'simulated' | 'roundTrips'>

export type LoadedSources = {
  /** Name → text of every file that was read; null where one could not be. The first is the one that names the others. */
  texts: ReadonlyMap<string, string | null>
  sources: Result<Sources>
}

/** Files that one sources file may consist of, itself included. */
const MAX_FILES = 20

/**
 * Reads a sources file and what it includes. The lists follow one another in the order of reading: a file, then each of
 * those that it includes. A failure lists the problems of all files, one a line.
 * @param read a file's text; its failure is told with the line that includes the file
 * @param regions those that probes may name; any where it is not given
 */
export async function loadSources(
  fileName: string,
  environment: Environment,
  read: (fileName: string) => Promise<string>,
  regions?: ReadonlySet<RegionId>,
): Promise<LoadedSources> {
  const texts = new Map<string, string | null>()
  const files: { name: string; file: SourcesFile }[] = []
  const problems: string[] = []

  async function visit(name: string, tell: (why: string) => string): Promise<void> {
    const text = await read(name).catch((error: Error) => {
      problems.push(tell(`cannot be read: ${error.message}`))
      return null
    })
    texts.set(name, text)
    if (text === null) return
    const parsed = parseSources(text, name, environment, regions)
    if (!parsed.ok) return void problems.push(parsed.error)
    files.push({ name, file: parsed.value })
    for (const { path: included, line } of parsed.value.include) {
      const tellHere = (why: string) => `${name} line ${line}: 'include: ${included}' ${why}`
      const next = path.join(path.dirname(name), included)
      if (texts.has(next)) problems.push(tellHere('is read already: include every file once, in no circle'))
      else if (texts.size === MAX_FILES) problems.push(tellHere(`is one too many: use at most ${MAX_FILES} files`))
      else await visit(next, tellHere)
    }
  }

  await visit(path.normalize(fileName), why => `${fileName} ${why}`)
  problems.push(...doubles(files))
  return { texts, sources: problems.length > 0 ? fail(problems.join('\n')) : ok(join(files.map(({ file }) => file))) }
}

const join = (files: SourcesFile[]): Sources => ({
  sources: files.flatMap(({ sources }) => sources),
  mine: [...new Set(files.flatMap(({ mine }) => mine))],
  // of one name in two files, the file that includes has the last word
  walls: Object.assign({}, ...files.map(({ walls }) => walls).reverse()),
  simulated: files.some(({ simulated }) => simulated),
  roundTrips: files.some(({ roundTrips }) => roundTrips),
})

/** Ids that another file took before; those within one file are that file's own problem. */
function doubles(files: { name: string; file: SourcesFile }[]): string[] {
  const taken = new Map<string, string>()
  const problems: string[] = []
  for (const { name, file } of files) {
    for (const [id, line] of file.lines) {
      const where = taken.get(id)
      if (where === undefined) taken.set(id, `${name} line ${line}`)
      else
        problems.push(
          `${name} line ${line}: 'id: ${id}' is taken already at ${where}: give every source an id of its own`,
        )
    }
  }
  return problems
}
