import { pageAnswer, routeOf } from './routing.ts'

/** What is used here of a service worker's global scope. @see https://w3c.github.io/ServiceWorker/#serviceworkerglobalscope */
type WorkerScope = {
  location: Location
  clients: {
    claim(): Promise<void>
    matchAll(options: { type: 'window' }): Promise<readonly WindowClient[]>
    openWindow(path: string): Promise<unknown>
  }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate', listener: (event: Extendable) => void): void
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void
  addEventListener(type: 'notificationclick', listener: (event: NotificationEvent) => void): void
}

type Extendable = { waitUntil(work: Promise<unknown>): void }
type FetchEvent = { request: Request; respondWith(answer: Promise<Response>): void }
type NotificationEvent = Extendable & { notification: Notification }
type WindowClient = { focus(): Promise<unknown>; navigate(path: string): Promise<unknown> }

/** The built files and a digest of them all, written in by the build. */
declare const SHELL: { version: string; files: readonly string[] }

/** The page without a word about any state; the same whoever asks. */
const DOCUMENT = '/index.html'
const PREFIX = 'nephoscope-shell-'
const cacheName = PREFIX + SHELL.version
const files = new Set(SHELL.files)

// TypeScript's libraries for pages and for workers exclude each other, so the few things needed are declared
const scope = self as unknown as WorkerScope

scope.addEventListener('install', event => {
  event.waitUntil(install())
})

scope.addEventListener('activate', event => {
  event.waitUntil(takeOver())
})

scope.addEventListener('fetch', event => {
  const route = routeOf(event.request, files, scope.location.origin)
  if (route === 'shell') event.respondWith(kept(event.request, new URL(event.request.url).pathname))
  if (route === 'page')
    event.respondWith(pageAnswer({ ask: () => fetch(event.request), shell: () => kept(DOCUMENT, DOCUMENT) }))
})

scope.addEventListener('notificationclick', event => {
  event.notification.close()
  event.waitUntil(openAt(event.notification.data))
})

/** Fetches the whole shell or, where one file is missing, nothing: then the worker before stays. */
async function install(): Promise<void> {
  const cache = await caches.open(cacheName)
  // a name under /assets/ never means other bytes; what has no hash in its name must come from the server
  await cache.addAll(SHELL.files.map(file => new Request(file, file.startsWith('/assets/') ? {} : { cache: 'reload' })))
  await scope.skipWaiting()
}

/** A wall is not closed for weeks, so a new build does not wait for its pages to go. They say that it is there. */
async function takeOver(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(
    names.filter(name => name.startsWith(PREFIX) && name !== cacheName).map(name => caches.delete(name)),
  )
  await scope.clients.claim()
}

/** From the shell; browsers may throw caches away, so else from the server. */
async function kept(request: RequestInfo, path: string): Promise<Response> {
  const cache = await caches.open(cacheName)
  return (await cache.match(path)) ?? fetch(request)
}

/** Where the page itself could not make the notice, a click on it comes here. */
async function openAt(path: unknown): Promise<void> {
  const target = typeof path === 'string' && /^\/[^/]/.test(path) ? path : '/'
  const [open] = await scope.clients.matchAll({ type: 'window' })
  if (open === undefined) return void (await scope.clients.openWindow(target))
  await open.focus()
  await open.navigate(target)
}
