import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import type { PlaceMatcher } from '../../../workers/places/places.ts'

/** Provider → text → the region codes that it names, and `global` where it says so. */
const Phrases = z.record(z.string(), z.record(z.string(), z.array(z.string())))
const file = new URL('../../fixtures/place-phrases.yaml', import.meta.url)

/** How well a matcher reads the table of phrases. `wrong` and `missed` have a line each. */
export type PhraseScore = { phrases: number; precision: number; recall: number; wrong: string[]; missed: string[] }

export function scorePhrases(places: PlaceMatcher): PhraseScore {
  const phrases = Object.entries(Phrases.parse(parse(readFileSync(file, 'utf8')))).flatMap(([provider, texts]) =>
    Object.entries(texts).map(([text, expected]) => ({ provider, text, expected })),
  )
  const wrong: string[] = []
  const missed: string[] = []
  let right = 0
  for (const { provider, text, expected } of phrases) {
    const { regions, global } = places(provider, text)
    const named = [...regions.map(id => id.slice(provider.length + 1)), ...(global ? ['global'] : [])]
    right += named.filter(region => expected.includes(region)).length
    for (const region of named) if (!expected.includes(region)) wrong.push(`${provider}: ${text} → ${region}`)
    for (const region of expected) if (!named.includes(region)) missed.push(`${provider}: ${text} → ${region}`)
  }
  const precision = right / (right + wrong.length)
  return { phrases: phrases.length, precision, recall: right / (right + missed.length), wrong, missed }
}
