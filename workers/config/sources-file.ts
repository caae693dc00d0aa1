import { type FSWatcher, watch } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { OfficeSettings } from '../../shared/domain/notice.ts'
import { fail, ok, type Result } from '../../shared/domain/primitives.ts'
import { stackOfRegions } from '../../shared/domain/stack.ts'
import type { Known } from './known-names.ts'
import { mergeNotify, type Notify, notifyProblems } from './notify-config.ts'
import { parseSources, type SourceConfig, type SourcesFile } from './source-config.ts'
import { stackProblems } from './stack-config.ts'
import { unlistedSources } from './unlisted-sources.ts'
import type { Environment } from './url-secrets.ts'

export type Sources = Pick<SourcesFile, 'sources' | 'walls' | 'simulated' | 'roundTrips'> &
  Pick<OfficeSettings, 'stacks'> & { notify: Notify }

type LoadedSources = {
  /** Name → text of every file that was read; null where one could not be. The first includes the others. */
  texts: ReadonlyMap<string, string | null>
  sources: Result<Sources>
}

/** Files that one sources file may consist of, itself included. */
const MAX_FILES = 20

/**
 * Reads a sources file and its includes, each file before what it includes. A failure lists all problems, one a line.
 * @param read a file's text; its failure is reported with the line that includes the file
 */
export async function loadSources(
  fileName: string,
  environment: Environment,
  read: (fileName: string) => Promise<string>,
  known: Known = { vendors: new Map() },
): Promise<LoadedSources> {
  const texts = new Map<string, string | null>()
  const files: { name: string; file: SourcesFile }[] = []
  const problems: string[] = []

  async function visit(name: string, report: (why: string) => string): Promise<void> {
    const text = await read(name).catch((error: Error) => {
      problems.push(report(`cannot be read: ${error.message}`))
      return null
    })
    texts.set(name, text)
    if (text === null) return
    const parsed = parseSources(text, name, environment, known)
    if (!parsed.ok) return void problems.push(parsed.error)
    files.push({ name, file: parsed.value })
    for (const { path: included, line } of parsed.value.include) {
      const reportHere = (why: string) => `${name} line ${line}: 'include: ${included}' ${why}`
      const next = path.join(path.dirname(name), included)
      if (texts.has(next)) problems.push(reportHere('is read already: include every file once, in no circle'))
      else if (texts.size === MAX_FILES) problems.push(reportHere(`is one too many: use at most ${MAX_FILES} files`))
      else await visit(next, reportHere)
    }
  }

  await visit(path.normalize(fileName), why => `${fileName} ${why}`)
  problems.push(...duplicateIds(files))
  const kinds = new Map(files.flatMap(({ file }) => file.sources.map(({ id, kind }) => [id, kind] as const)))
  const placed = files.map(({ name, file }) => ({ name, stacks: file.stacks }))
  const own = stackOfRegions(files.flatMap(({ file }) => file.mine))
  if (problems.length === 0) {
    problems.push(...stackProblems(placed, kinds, own))
    const stacks = [...own, ...files.flatMap(({ file }) => file.stacks.map(({ stack }) => stack))].map(({ id }) => id)
    problems.push(
      ...notifyProblems(
        files.map(({ name, file }) => ({ name, notify: file.notify })),
        stacks,
      ),
    )
  }
  return {
    texts,
    sources:
      problems.length > 0
        ? fail(problems.join('\n'))
        : ok(
            mergeFiles(
              files.map(({ file }) => file),
              known,
            ),
          ),
  }
}

function mergeFiles(files: SourcesFile[], { vendors }: Known): Sources {
  const stacks = [
    ...stackOfRegions(files.flatMap(({ mine }) => mine)),
    ...files.flatMap(file => file.stacks.map(({ stack }) => stack)),
  ]
  const sources = files.flatMap(file => file.sources)
  const simulated = files.some(file => file.simulated)
  return {
    // Providers of a simulation are simulated, all of them.
    sources: withVendors([...sources, ...(simulated ? [] : unlistedSources(stacks, sources, vendors))]),
    stacks,
    notify: mergeNotify(files.map(({ notify }) => notify)),
    // The including file wins over its includes.
    walls: Object.assign({}, ...files.map(({ walls }) => walls).reverse()),
    simulated,
    roundTrips: files.some(file => file.roundTrips),
  }
}

/** Ids that another file took before. Doubles within one file are that file's own problem. */
function duplicateIds(files: { name: string; file: SourcesFile }[]): string[] {
  const taken = new Map<string, string>()
  const problems: string[] = []
  for (const { name, file } of files) {
    for (const [id, line] of file.lines) {
      const where = taken.get(id)
      const here = `${name} line ${line}`
      if (where === undefined) taken.set(id, here)
      else problems.push(`${here}: 'id: ${id}' is taken already at ${where}: give every source an id of its own`)
    }
  }
  return problems
}

/** One change often causes several events, in ms. */
const DEBOUNCE_MS = 100
/** A file counts as fully written when it stays the same for this long, in ms: half a file would drop sources. */
const SETTLE_MS = 250

export type WatchDeps = {
  read: (fileName: string) => Promise<string>
  load: () => Promise<LoadedSources>
  /** Puts a new list in force. When it fails, the list is offered again at the next check. */
  take: (sources: Sources) => Promise<void>
  log: { info(fields: object, message: string): void; error(fields: object, message: string): void }
}

/**
 * Checks the sources file and its includes whenever something changes in their folders. A valid change is applied. An
 * invalid one is logged once, and the list before it stays in force.
 * @returns `check` checks at once, because some file systems send no events
 */
export function watchSources(first: LoadedSources, deps: WatchDeps): { check(): Promise<void>; stop(): void } {
  let known = first.texts
  let checking = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  const watchers = new Map<string, FSWatcher>()

  const isUnchanged = async (texts: LoadedSources['texts']): Promise<boolean> => {
    for (const [name, text] of texts) if ((await deps.read(name).catch(() => null)) !== text) return false
    return true
  }

  async function checkOnce(): Promise<void> {
    if (isStopped || (await isUnchanged(known))) return
    const { texts, sources } = await deps.load()
    await sleep(SETTLE_MS)
    if (!(await isUnchanged(texts))) return checkSoon()
    if (isStopped) return
    if (sources.ok) {
      await deps.take(sources.value)
      deps.log.info({ sources: sources.value.sources.length }, 'the sources file has changed and is taken')
    } else {
      const problems = sources.error.replaceAll('\n', '; ')
      deps.log.error({}, `the sources file has changed and is not taken, the list before it stays: ${problems}`)
    }
    known = texts
    watchFolders()
  }

  function check(): Promise<void> {
    checking = checking.then(checkOnce).catch(error => {
      if (!isStopped) deps.log.error({ error: String(error) }, 'a new list of sources could not be taken; trying again')
    })
    return checking
  }

  function checkSoon(): void {
    if (isStopped) return
    timer ??= setTimeout(() => {
      timer = undefined
      void check()
    }, DEBOUNCE_MS)
  }

  /** Watches folders, because editors replace files. */
  function watchFolders(): void {
    const folders = new Set([...known.keys()].map(name => path.dirname(name)))
    for (const [folder, watcher] of watchers) if (!folders.has(folder)) forget(folder, watcher)
    for (const folder of folders) {
      if (watchers.has(folder)) continue
      try {
        const watcher = watch(folder, { persistent: false }, checkSoon)
        watcher.on('error', () => forget(folder, watcher))
        watchers.set(folder, watcher)
      } catch {
        // The folder is missing, or the system is out of watches. `check` still finds the change.
      }
    }
  }

  function forget(folder: string, watcher: FSWatcher): void {
    watcher.close()
    watchers.delete(folder)
  }

  watchFolders()
  return {
    check,
    stop() {
      isStopped = true
      clearTimeout(timer)
      for (const [folder, watcher] of watchers) forget(folder, watcher)
    },
  }
}

/** Marks the feeds of providers whose status is read: those of others are publishers', unless their provider is known. */
function withVendors(sources: readonly SourceConfig[]): SourceConfig[] {
  const watched = new Set(
    sources.filter(({ kind }) => kind !== 'feed' && kind !== 'inbound').map(({ provider }) => provider),
  )
  return sources.map(source =>
    source.kind === 'feed' && watched.has(source.provider) ? { ...source, isOfVendor: true as const } : source,
  )
}
