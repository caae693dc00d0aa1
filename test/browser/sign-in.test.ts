import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from '../support/axe.ts'
import { openPage, startBrowser } from '../support/browser.ts'
import { freePort } from '../support/free-port.ts'
import { CLIENT_ID, CLIENT_SECRET, startIdentityProvider } from '../support/identity-provider.ts'
import { type Role, startRole } from '../support/role.ts'
import { openSettings } from '../support/settings.ts'
import { type Stack, startStack } from '../support/stack.ts'

let stack: Stack
let provider: Awaited<ReturnType<typeof startIdentityProvider>>
let browser: Browser
let url: string
let role: Role
beforeAll(async () => {
  url = `http://127.0.0.1:${await freePort()}`
  provider = await startIdentityProvider({ ada: { email: 'ada@example.com', groups: ['staff'] } }, [
    `${url}/sign-in/callback`,
  ])
  ;[stack, browser] = await Promise.all([startStack({ story: 'road' }), startBrowser()])
  role = startRole('server', {
    ...{ REDIS_URL: stack.redis.url, HANDSHAKES_PER_MINUTE: '0', REQUESTS_PER_MINUTE: '0' },
    ...{ PUBLIC_URL: url, VIEW_TOKEN: 'the-view-token-of-the-office', ADMIN_TOKEN: 'the-admin-token-of-the-office' },
    ...{ OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: CLIENT_ID, OIDC_CLIENT_SECRET: CLIENT_SECRET },
    ...{ OIDC_ROLES: 'staff=viewer', PORT: new URL(url).port },
  })
  await stack.ready(url)
})
afterAll(async () => {
  await browser.close()
  await role.stop('SIGKILL')
  await stack.close()
  await provider.close()
})

test('a reader signs in where a token is asked for, reads with a live connection, and signs out in the settings', async () => {
  const { page } = await openPage(browser, url)
  const link = page.getByRole('link', { name: `Sign in with ${new URL(provider.issuer).host}` })
  await link.waitFor()
  expect(await violations(page)).toEqual([])
  await link.click()
  await page.getByRole('banner').waitFor()
  expect(page.url()).toMatch(/\/$/)
  const settings = await openSettings(page)
  const leave = settings.getByRole('button', { name: 'Sign out ada@example.com' })
  await leave.waitFor()
  expect(await violations(page)).toEqual([])
  expect(await page.evaluate(() => document.cookie)).toBe('')
  await leave.click()
  await page.getByLabel('View token').waitFor()
  await page.reload()
  await link.waitFor()
})
