import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

/** Chromium from the system, headless and without a word to anybody but us. */
export const startBrowser = (more: readonly string[] = []): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  })

export type WatchedPage = {
  page: Page
  /** Errors, refusals of the security policy, and warnings of the page's own. */
  complaints: string[]
}

/** A page that remembers what the browser had to complain about. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, ...options })
  const page = await context.newPage()
  // no test is about how long something takes, and a machine may be busy
  page.setDefaultTimeout(90_000)
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  await page.goto(url)
  return { page, complaints }
}

/** Lets the test put the clock of the page's next document forward, as if so much time had gone by. */
export async function movableClock(page: Page): Promise<{ forward(ms: number): Promise<void> }> {
  await page.addInitScript(() => {
    const { now } = Date
    let ahead = 0
    Date.now = () => now() + ahead
    Object.assign(window, {
      putForward(ms: number) {
        ahead += ms
      },
    })
  })
  return { forward: ms => page.evaluate(ms => Reflect.get(window, 'putForward')(ms), ms) }
}

/** All that a reader needs to come back without a network is in the browser. */
export const waitUntilRemembered = (page: Page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready
    for (;;) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('nephoscope', 1)
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
      const names = await new Promise<unknown[]>(resolve => {
        const request = database.transaction('texts').objectStore('texts').getAllKeys()
        request.onsuccess = () => resolve(request.result)
      })
      database.close()
      if (names.includes('picture')) return
      await new Promise(resolve => setTimeout(resolve, 100))
    }
  })
