import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

/**
 * What axe finds wrong with the page (or the part of it that a selector names) as it stands, a line each: the rule and the first element that breaks it. Axe runs in the
 * page at one go, for a page in frames costs four times as long; ours has none. What glides is looked at where it comes to rest: a row
 * that is still sliding in is half transparent, and its text pale.
 * @see https://github.com/dequelabs/axe-core/blob/develop/doc/API.md
 */
export async function violations(page: Page, part = 'html'): Promise<string[]> {
  await page.evaluate(await source)
  return page.evaluate(async part => {
    const rest = (moving: Animation) => {
      const end = moving.effect?.getComputedTiming().endTime
      if (typeof end === 'number' && end < 1000) moving.finish()
      return moving
    }
    const animate = Element.prototype.animate
    Element.prototype.animate = function (...how) {
      return rest(animate.apply(this, how))
    }
    for (const moving of document.getAnimations()) rest(moving)
    try {
      const { violations } = await globalThis.axe.run(part, {
        resultTypes: ['violations'],
        iframes: false,
        // not among the rules that run by themselves: who speaks to a page says what they see
        rules: { 'label-content-name-mismatch': { enabled: true } },
      })
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
    } finally {
      Element.prototype.animate = animate
    }
  }, part)
}

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

declare global {
  var axe: typeof import('axe-core')
}
