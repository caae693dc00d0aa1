/** What is used here of a service worker's global scope. @see https://w3c.github.io/ServiceWorker/#serviceworkerglobalscope */
export type WorkerScope = {
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
