import type { Instant } from '../../shared/domain/primitives.ts'
import { type LastKnown, packLastKnown, unpackLastKnown } from './last-known.ts'

/** The state of the last visit. No method fails: without it the page waits, as at a first visit. */
export type Memory = {
  recall(): Promise<LastKnown | null>
  /** The state changed; `take` is called when it is written. */
  changed(take: () => LastKnown | null): void
  /** The state was still current at this instant. */
  seen(at: Instant): void
  /** Removes everything: it may no longer be shown. */
  forget(): void
}

const MIN_WRITE_INTERVAL_MS = 5_000

const SNAPSHOT_KEY = 'picture'
const SEEN_KEY = 'seen'

export type MemoryDeps = {
  store: BrowserStore
  hasToken: () => boolean
  /** Whether what is seen was not for everybody. */
  isGuarded: () => boolean
  later: (run: () => void, ms: number) => void
  idle: (run: () => void) => void
}

/** Stores the state off the hot path: when the browser is idle, and at most every five seconds. */
export function memory({ store, hasToken, isGuarded, later, idle }: MemoryDeps): Memory {
  let takeState: (() => LastKnown | null) | null = null
  let seenAt: Instant | null = null
  let isScheduled = false
  /** Writes and removals run one after the other, so that nothing comes back after `forget`. */
  let last: Promise<unknown> = Promise.resolve()
  const after = <T>(run: () => Promise<T>, otherwise: T): Promise<T> => {
    const next = last.then(run).catch(() => otherwise)
    last = next
    return next
  }

  const write = () => {
    const taken = takeState?.() ?? null
    const text = taken && packLastKnown(taken, isGuarded())
    const texts = {
      ...(text === null ? {} : { [SNAPSHOT_KEY]: text }),
      ...(seenAt === null ? {} : { [SEEN_KEY]: seenAt }),
    }
    const isTooLarge = taken !== null && text === null
    takeState = null
    seenAt = null
    if (isTooLarge) void after(store.clear, undefined)
    else if (Object.keys(texts).length > 0) void after(() => store.put(texts), undefined)
  }

  const soon = () => {
    if (isScheduled) return
    isScheduled = true
    idle(() => {
      write()
      later(() => {
        isScheduled = false
        if (takeState !== null || seenAt !== null) soon()
      }, MIN_WRITE_INTERVAL_MS)
    })
  }

  return {
    recall: () =>
      after(async () => {
        const [text, seen] = await store.get([SNAPSHOT_KEY, SEEN_KEY])
        const known = unpackLastKnown(text, seen, hasToken())
        if (known === null && text !== undefined) await store.clear()
        return known
      }, null),
    changed(take) {
      takeState = take
      soon()
    },
    seen(at) {
      seenAt = at
      soon()
    },
    forget() {
      takeState = null
      seenAt = null
      void after(store.clear, undefined)
    },
  }
}

/** For pages that must store nothing. */
export const noMemory: Memory = { recall: async () => null, changed() {}, seen() {}, forget() {} }

/** A few texts by name that outlive the page. Every method may reject: browsers forbid storage, and evict it. */
export type BrowserStore = {
  get(names: readonly string[]): Promise<unknown[]>
  /** All or nothing. */
  put(texts: Readonly<Record<string, string>>): Promise<void>
  clear(): Promise<void>
}

const TEXTS = 'texts'

/** A store in IndexedDB, opened at the first use. @see https://w3c.github.io/IndexedDB/ */
export function browserStore(name: string, indexedDB: () => IDBFactory): BrowserStore {
  let opened: Promise<IDBDatabase> | undefined
  const open = () => {
    opened ??= openDatabase(name, indexedDB).catch(error => {
      opened = undefined
      throw error
    })
    return opened
  }
  const change = async (run: (texts: IDBObjectStore) => void): Promise<void> => {
    const transaction = (await open()).transaction(TEXTS, 'readwrite')
    run(transaction.objectStore(TEXTS))
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error)
    })
  }
  return {
    async get(names) {
      const texts = (await open()).transaction(TEXTS).objectStore(TEXTS)
      return Promise.all(names.map(each => settled(texts.get(each))))
    },
    put: texts =>
      change(store => {
        for (const [key, text] of Object.entries(texts)) store.put(text, key)
      }),
    clear: () => change(store => store.clear()),
  }
}

async function openDatabase(name: string, indexedDB: () => IDBFactory): Promise<IDBDatabase> {
  const request = indexedDB().open(name, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(TEXTS)
  return settled(request)
}

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
