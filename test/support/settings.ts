import type { Locator, Page } from 'playwright-core'

/** Opens the settings in the page's header, behind the menu on a small screen; `name`: as the language calls them. */
export async function openSettings(page: Page, name = 'Settings'): Promise<Locator> {
  const menu = page.locator('header button[aria-controls=menu][aria-expanded=false]')
  if (await menu.isVisible()) await menu.click()
  await page.getByRole('button', { name }).click()
  const settings = page.getByRole('dialog', { name })
  await settings.waitFor()
  return settings
}
