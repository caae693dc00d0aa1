import { RegExpParser, visitRegExpAST } from '@eslint-community/regexpp'
import { check } from 'recheck'
import type { Pattern } from './find.ts'

/** How long one pattern may keep the tool busy, in ms: enough for each of ours ten times over. */
const PATIENCE_MS = 20_000

/**
 * How the steps of a pattern grow with its text, at worst: 'linear', or what was found in words. Repetitions that are counted are
 * shortened first: they multiply the steps by a constant and cannot change how they grow, but make the automaton too large to be judged.
 * @see https://makenowjust-labs.github.io/recheck/docs/usage/parameters/
 */
export async function growth({ source, flags }: Pattern): Promise<string> {
  const short = shortened(source, flags)
  if (!short.isEndless) return 'linear'
  const found = await check(short.source, flags, { checker: 'automaton', timeout: PATIENCE_MS })
  if (found.status === 'vulnerable') return `${found.complexity.summary} on ${found.attack.pattern}`
  return found.status === 'safe' ? 'linear' : `not judged: ${found.error.kind}`
}

/** The pattern with `{2}` in place of each larger bound, and whether anything in it repeats without a bound. */
function shortened(source: string, flags: string): { source: string; isEndless: boolean } {
  const modes = { unicode: flags.includes('u'), unicodeSets: flags.includes('v') }
  const pattern = new RegExpParser().parsePattern(source, 0, source.length, modes)
  const bounds: { from: number; to: number; text: string }[] = []
  let isEndless = false
  visitRegExpAST(pattern, {
    onQuantifierEnter({ element, end, min, max, greedy }) {
      if (max === Number.POSITIVE_INFINITY) isEndless = true
      else if (max > 2) bounds.push({ from: element.end, to: end, text: `{${Math.min(min, 1)},2}${greedy ? '' : '?'}` })
    },
  })
  const short = bounds
    .sort((a, b) => b.from - a.from)
    .reduce((text, { from, to, text: bound }) => text.slice(0, from) + bound + text.slice(to), source)
  return { source: short, isEndless }
}
