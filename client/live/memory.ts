import type { Instant } from '../../shared/domain/primitives.ts'
import { type LastKnown, packLastKnown, unpackLastKnown } from './last-known.ts'

/** What the page remembers of its last visit. None of this ever fails: without a memory the page waits, as at a first visit. */
export type Memory = {
  recall(): Promise<LastKnown | null>
  /** The picture changed; `take` is called when it is written. */
  changed(take: () => LastKnown | null): void
  /** The picture was still the present at this instant. */
  seen(at: Instant): void
  /** Nothing that was seen may be shown any more. */
  forget(): void
}

/** The least time between two writings, in ms. */
const PAUSE = 5_000

const PICTURE = 'picture'
const SEEN = 'seen'

export type MemoryDeps = {
  store: BrowserStore
  /** Whether the reader gives a token. */
  hasToken: () => boolean
  later: (run: () => void, ms: number) => void
  /** Runs it when nothing else is to be done. */
  idle: (run: () => void) => void
}

/** Keeps what a page saw, off the hot path: written when the browser is idle, and at most once in five seconds. */
export function memory({ store, hasToken, later, idle }: MemoryDeps): Memory {
  let picture: (() => LastKnown | null) | null = null
  let seenAt: Instant | null = null
  let waiting = false
  /** Writings and forgetting happen one after the other, so that nothing comes back that was forgotten. */
  let last: Promise<unknown> = Promise.resolve()
  const after = <T>(run: () => Promise<T>, otherwise: T): Promise<T> => {
    const next = last.then(run).catch(() => otherwise)
    last = next
    return next
  }

  const write = () => {
    const taken = picture?.() ?? null
    const text = taken && packLastKnown(taken, hasToken())
    const texts = { ...(text === null ? {} : { [PICTURE]: text }), ...(seenAt === null ? {} : { [SEEN]: seenAt }) }
    const tooLarge = taken !== null && text === null
    picture = null
    seenAt = null
    if (tooLarge) void after(store.clear, undefined)
    else if (Object.keys(texts).length > 0) void after(() => store.put(texts), undefined)
  }

  const soon = () => {
    if (waiting) return
    waiting = true
    idle(() => {
      write()
      later(() => {
        waiting = false
        if (picture !== null || seenAt !== null) soon()
      }, PAUSE)
    })
  }

  return {
    recall: () =>
      after(async () => {
        const [text, seen] = await store.get([PICTURE, SEEN])
        const known = unpackLastKnown(text, seen, hasToken())
        if (known === null && text !== undefined) await store.clear()
        return known
      }, null),
    changed(take) {
      picture = take
      soon()
    },
    seen(at) {
      seenAt = at
      soon()
    },
    forget() {
      picture = null
      seenAt = null
      void after(store.clear, undefined)
    },
  }
}

/** For pages that must leave nothing behind. */
export const noMemory: Memory = { recall: async () => null, changed() {}, seen() {}, forget() {} }

/** A few texts by name that outlive the page. Every method may reject: browsers forbid storage, and throw it away. */
export type BrowserStore = {
  get(names: readonly string[]): Promise<unknown[]>
  /** All or nothing. */
  put(texts: Readonly<Record<string, string>>): Promise<void>
  clear(): Promise<void>
}

const TEXTS = 'texts'

/** A store in IndexedDB, opened when it is first used. @see https://w3c.github.io/IndexedDB/ */
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
