import type { Browser, CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PushNotice } from '../../shared/domain/push.ts'
import { newVapidKey } from '../../workers/notify/push/vapid.ts'
import { violations } from '../support/axe.ts'
import { openPage, startBrowser } from '../support/browser.ts'
import { type Stack, startStack } from '../support/stack.ts'

let stack: Stack
let browser: Browser
beforeAll(async () => {
  const environment = { VAPID_PRIVATE_KEY: newVapidKey() }
  ;[stack, browser] = await Promise.all([startStack({ story: 'demo', environment }), startBrowser()])
  await stack.ready()
})
afterAll(async () => {
  await browser.close()
  await stack.close()
})

const notice: PushNotice = {
  ...{ what: 'opened', language: 'de', place: 'AWS us-east-1', title: 'Increased error rates' },
  ...{ state: 'New', why: null, by: null, tag: 't1', incident: 'aws/use1-errors', isLoud: true, isSimulated: false },
}

async function openWithNotices(): Promise<Page> {
  const { page } = await openPage(browser, 'about:blank', { colorScheme: 'dark' })
  await page.context().grantPermissions(['notifications'], { origin: stack.url })
  await page.addInitScript(() => localStorage.setItem('nephoscope.mine', 'azure/westeurope'))
  await page.goto(stack.url)
  await page.evaluate(() => navigator.serviceWorker.ready)
  return page
}

/** What a push service would hand to the browser. */
async function push(devtools: CDPSession, registrationId: string, data: string): Promise<void> {
  await devtools.send('ServiceWorker.deliverPushMessage', { origin: `${stack.url}/`, registrationId, data })
}

async function registrationOf(devtools: CDPSession): Promise<string> {
  const known = new Promise<string>(resolve =>
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      for (const { registrationId, scopeURL, isDeleted } of registrations)
        if (!isDeleted && scopeURL === `${stack.url}/`) resolve(registrationId)
    }),
  )
  await devtools.send('ServiceWorker.enable')
  return known
}

test('a pushed notice is shown by the service worker, once a conversation, and opens its incident', async () => {
  const page = await openWithNotices()
  const watching = await page.context().newPage()
  const devtools = await page.context().newCDPSession(watching)
  const registration = await registrationOf(devtools)
  const shown = () =>
    page.evaluate(async () => {
      const all = await (await navigator.serviceWorker.ready).getNotifications()
      return all.map(({ title, body, tag, silent, data }) => ({ title, body, tag, silent, data }))
    })
  await page.goto('about:blank')
  await push(devtools, registration, JSON.stringify(notice))
  await push(devtools, registration, JSON.stringify({ ...notice, what: 'resolved', isLoud: false }))
  await page.goto(stack.url)
  await expect
    .poll(shown, { timeout: 20_000 })
    .toEqual([
      {
        title: 'AWS us-east-1: Störung ist vorbei',
        body: 'Increased error rates',
        tag: 't1',
        silent: true,
        data: '/incident/aws/use1-errors',
      },
    ])
  await page.context().close()
})

test('the bell says why a browser without a push service cannot be told while the page is closed', async () => {
  const page = await openWithNotices()
  await page.getByText(/^live/).first().waitFor()
  await page.getByRole('button', { name: 'Notices, off' }).click()
  const dialog = page.getByRole('dialog', { name: 'Notices' })
  expect(await violations(page, 'dialog[open]')).toEqual([])
  const box = dialog.getByLabel('Tell me also while this page is closed')
  await box.click()
  await dialog.getByText('It could not be set up.').waitFor()
  expect(await box.isChecked()).toBe(false)
  expect(await (await fetch(`${stack.url}/api/push-key`)).json()).toEqual({
    key: expect.stringMatching(/^B[\w-]{86}$/),
  })
  await page.context().close()
})
