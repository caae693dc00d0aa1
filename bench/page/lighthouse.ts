import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'

/** The last that runs on Node 20. */
const VERSION = '12.8.2'

const Report = z.object({
  lhr: z.object({
    categories: z.record(z.string(), z.object({ score: z.number().nullable() })),
    audits: z.record(z.string(), z.object({ displayValue: z.string().optional() })),
  }),
})
type Audit = (url: string, flags: object, config?: object) => Promise<unknown>
export type Scores = Record<string, number>

/**
 * What Lighthouse gives a page, 0 to 100, as on a desk. It is two hundred packages, so only who measures has it: fetched once, into a
 * folder for temporary files. `port` is that of a Chromium's debugger.
 * @see https://developer.chrome.com/docs/lighthouse/overview
 */
export async function lighthouseScores(url: string, port: number): Promise<{ scores: Scores; blocking: string }> {
  const dir = path.join(tmpdir(), `nephoscope-lighthouse-${VERSION}`)
  const entry = path.join(dir, 'node_modules/lighthouse/core/index.js')
  if (!existsSync(entry)) {
    mkdirSync(dir, { recursive: true })
    writeFileSync(path.join(dir, 'package.json'), '{}')
    execFileSync('npm', ['install', '--no-audit', '--no-fund', `lighthouse@${VERSION}`], { cwd: dir, stdio: 'inherit' })
  }
  // a package that is not there while this is compiled: its shape is told here, and its answer is parsed
  const { default: audit, desktopConfig } = (await import(pathToFileURL(entry).href)) as {
    default: Audit
    desktopConfig: object
  }
  const onlyCategories = ['performance', 'accessibility', 'best-practices', 'seo']
  const flags = { port, output: 'json', logLevel: 'error', onlyCategories }
  const { lhr } = Report.parse(await audit(url, flags, desktopConfig))
  const scores = Object.entries(lhr.categories).map(([name, { score }]) => [
    camelCase(name),
    Math.round((score ?? 0) * 100),
  ])
  return { scores: Object.fromEntries(scores), blocking: lhr.audits['total-blocking-time']?.displayValue ?? '?' }
}

const camelCase = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
