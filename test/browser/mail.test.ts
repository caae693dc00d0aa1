import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { emailHtml } from '../../workers/notify/words/email-html.ts'
import { wordingOf } from '../../workers/notify/words/wording.ts'
import { violations } from '../support/axe.ts'
import { startBrowser } from '../support/browser.ts'
import { digest, hostile, mention, message } from '../support/messages.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

const long = 'x'.repeat(200)
const messages = {
  'of an incident': message({ acknowledged: { by: 'Ann', at: message().at, until: null, note: 'Moving away' } }),
  'of hostile and endless texts': message({ title: hostile + long, words: hostile + long, why: long }),
  'with a digest': digest(20, { also: [mention(1, { title: long }), mention(2, { url: null })], alsoOmitted: 3 }),
}

describe.each(Object.entries(messages))('a mail %s on a phone', (_, message) => {
  test.each(['light', 'dark'] as const)(
    'is one column without faults where it is %s, and loads nothing',
    async scheme => {
      const page = await browser.newPage({ viewport: { width: 390, height: 800 }, colorScheme: scheme })
      const asked: string[] = []
      page.on('request', request => asked.push(request.url()))
      await page.setContent(emailHtml(wordingOf(message), 'mailto:status@example.com'))
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
      expect(await page.locator('script, img').count()).toBe(0)
      await page.addStyleTag({ content: 'html { background: Canvas }' }) // axe takes a ground that nobody set for white
      // a mail has no landmarks: programs show it inside a page of theirs
      expect((await violations(page, 'body > div')).filter(fault => !fault.startsWith('region'))).toEqual([])
      expect(asked).toEqual([])
      await page.close()
    },
  )
})
