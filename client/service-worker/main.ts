import { shownNotice } from './pushed.ts'
import { pageAnswer, routeOf } from './routing.ts'

/** The used part of a worker's global scope. @see https://w3c.github.io/ServiceWorker/#serviceworkerglobalscope */
type WorkerScope = {
  registration: { scope: string; showNotification(title: string, options: NotificationOptions): Promise<void> }
  clients: {
    claim(): Promise<void>
    matchAll(options: { type: 'window' }): Promise<readonly WindowClient[]>
    openWindow(path: string): Promise<unknown>
  }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate', listener: (event: Extendable) => void): void
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void
  addEventListener(type: 'push', listener: (event: PushEvent) => void): void
  addEventListener(type: 'notificationclick', listener: (event: NotificationEvent) => void): void
}

type Extendable = { waitUntil(work: Promise<unknown>): void }
type FetchEvent = { request: Request; respondWith(answer: Promise<Response>): void }
type PushEvent = Extendable & { data: { json(): unknown } | null }
type NotificationEvent = Extendable & { notification: Notification }
type WindowClient = { focused: boolean; focus(): Promise<unknown>; navigate(path: string): Promise<unknown> }

/** The built files and a digest of them all, inserted by the build. */
declare const SHELL: { version: string; files: readonly string[] }

// TypeScript's libraries for pages and workers exclude each other, so the used part is declared above
const scope = self as unknown as WorkerScope

/** The path under which the page is served, without a slash at its end. */
const basePath = new URL(scope.registration.scope).pathname.slice(0, -1)
/** The page without data, the same for every reader. */
const DOCUMENT = `${basePath}/index.html`
const CACHE_PREFIX = 'nephoscope-shell-'
/** Named with the path: an origin may serve pages under several. */
const cacheName = CACHE_PREFIX + SHELL.version + basePath
const files = new Set(SHELL.files.map(file => basePath + file))

scope.addEventListener('install', event => event.waitUntil(install()))

scope.addEventListener('activate', event => event.waitUntil(takeOver()))

scope.addEventListener('fetch', event => {
  const route = routeOf(event.request, files, scope.registration.scope)
  if (route === 'shell') event.respondWith(fromCache(event.request, new URL(event.request.url).pathname))
  if (route === 'page')
    event.respondWith(pageAnswer({ ask: () => fetch(event.request), shell: () => fromCache(DOCUMENT, DOCUMENT) }))
})

scope.addEventListener('push', event => event.waitUntil(showPushed(event.data)))

scope.addEventListener('notificationclick', event => {
  event.notification.close()
  event.waitUntil(openAt(event.notification.data))
})

/** Fetches all files, or none: when one is missing the previous worker stays. */
async function install(): Promise<void> {
  const cache = await caches.open(cacheName)
  // names under /assets/ carry a hash; other files must come from the server, not from the HTTP cache
  const isHashed = (file: string) => file.startsWith(`${basePath}/assets/`)
  await cache.addAll([...files].map(file => new Request(file, isHashed(file) ? {} : { cache: 'reload' })))
  await scope.skipWaiting()
}

/** Takes over open pages too: a wall stays open for weeks. Pages say that a new version is there. */
async function takeOver(): Promise<void> {
  const names = await caches.keys()
  const isOwn = (name: string) =>
    name.startsWith(CACHE_PREFIX) && name.slice(CACHE_PREFIX.length + SHELL.version.length) === basePath
  await Promise.all(names.filter(name => isOwn(name) && name !== cacheName).map(name => caches.delete(name)))
  await scope.clients.claim()
}

/** From the cache; from the server when the browser has evicted it. */
async function fromCache(request: RequestInfo, path: string): Promise<Response> {
  const cache = await caches.open(cacheName)
  return (await cache.match(path)) ?? fetch(request)
}

/** Shows what was pushed, unless the reader looks at the page, which says it itself. */
async function showPushed(data: { json(): unknown } | null): Promise<void> {
  const windows = await scope.clients.matchAll({ type: 'window' })
  if (windows.some(({ focused }) => focused)) return
  const { title, options } = shownNotice(data?.json(), basePath)
  await scope.registration.showNotification(title, options)
}

/** A click on a notification that this worker has shown. */
async function openAt(path: unknown): Promise<void> {
  const target = typeof path === 'string' && /^\/[^/]/.test(path) ? path : `${basePath}/`
  const [open] = await scope.clients.matchAll({ type: 'window' })
  if (open === undefined) return void (await scope.clients.openWindow(target))
  await open.focus()
  await open.navigate(target)
}
