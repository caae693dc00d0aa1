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
