import { type FSWatcher, watch } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LoadedSources, Sources } from './sources-file.ts'

/** Several events mostly tell of one change, in ms. */
const DEBOUNCE_MS = 100
/** What is written in steps is whole when it stays the same for this long, in ms: half a file would drop the other half's sources. */
const SETTLE_MS = 250

export type WatchDeps = {
  read: (fileName: string) => Promise<string>
  load: () => Promise<LoadedSources>
  /** Puts a new list in force. When it fails, the list is offered again at the next look. */
  take: (sources: Sources) => Promise<void>
  log: { info(fields: object, message: string): void; error(fields: object, message: string): void }
}

/**
 * Looks at the sources file and its includes whenever something stirs in their folders. What has changed and is valid is
 * taken; what is not is told once, in one line, and the list before it stays.
 * @returns `look` looks at once, for some file systems never tell
 */
export function watchSources(first: LoadedSources, deps: WatchDeps): { look(): Promise<void>; stop(): void } {
  let known = first.texts
  let looking = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  const watchers = new Map<string, FSWatcher>()

  const stands = async (texts: LoadedSources['texts']): Promise<boolean> => {
    for (const [name, text] of texts) if ((await deps.read(name).catch(() => null)) !== text) return false
    return true
  }

  async function lookOnce(): Promise<void> {
    if (isStopped || (await stands(known))) return
    const { texts, sources } = await deps.load()
    await sleep(SETTLE_MS)
    if (!(await stands(texts))) return soon()
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

  function look(): Promise<void> {
    looking = looking.then(lookOnce).catch(error => {
      if (!isStopped) deps.log.error({ error: String(error) }, 'a new list of sources could not be taken; trying again')
    })
    return looking
  }

  function soon(): void {
    if (isStopped) return
    timer ??= setTimeout(() => {
      timer = undefined
      void look()
    }, DEBOUNCE_MS)
  }

  /** Folders, not files: editors put a new file in the place of the old one. */
  function watchFolders(): void {
    const folders = new Set([...known.keys()].map(name => path.dirname(name)))
    for (const [folder, watcher] of watchers) if (!folders.has(folder)) forget(folder, watcher)
    for (const folder of folders) {
      if (watchers.has(folder)) continue
      try {
        const watcher = watch(folder, { persistent: false }, soon)
        watcher.on('error', () => forget(folder, watcher))
        watchers.set(folder, watcher)
      } catch {
        // A folder that is not there, or a system out of watches: `look` still finds the change.
      }
    }
  }

  function forget(folder: string, watcher: FSWatcher): void {
    watcher.close()
    watchers.delete(folder)
  }

  watchFolders()
  return {
    look,
    stop() {
      isStopped = true
      clearTimeout(timer)
      for (const [folder, watcher] of watchers) forget(folder, watcher)
    },
  }
}
