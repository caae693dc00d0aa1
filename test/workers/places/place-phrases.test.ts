import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { places } from '../formats/reading.ts'

/** Provider → text → the region codes that it names, and `global` where it says so. */
const Phrases = z.record(z.string(), z.record(z.string(), z.array(z.string())))
const file = new URL('../../fixtures/place-phrases.yaml', import.meta.url)
const phrases = Object.entries(Phrases.parse(parse(readFileSync(file, 'utf8')))).flatMap(([provider, texts]) =>
  Object.entries(texts).map(([text, expected]) => ({ provider, text, expected })),
)

const found = (provider: string, text: string): string[] => {
  const { regions, global } = places(provider, text)
  return [...regions.map(id => id.slice(provider.length + 1)), ...(global ? ['global'] : [])]
}

test('of several hundred phrases, no wrong region is named and hardly any is missed', () => {
  const wrong: string[] = []
  const missed: string[] = []
  let right = 0
  for (const { provider, text, expected } of phrases) {
    const named = found(provider, text)
    right += named.filter(region => expected.includes(region)).length
    for (const region of named) if (!expected.includes(region)) wrong.push(`${provider}: ${text} → ${region}`)
    for (const region of expected) if (!named.includes(region)) missed.push(`${provider}: ${text} → ${region}`)
  }
  const precision = right / (right + wrong.length)
  const recall = right / (right + missed.length)
  console.info(`places: ${phrases.length} phrases, precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`)
  if (missed.length > 0) console.info(`missed:\n${missed.join('\n')}`)
  expect(phrases.length).toBeGreaterThanOrEqual(260)
  expect(wrong).toEqual([])
  expect(precision).toBe(1)
  expect(recall).toBeGreaterThanOrEqual(0.97)
})
