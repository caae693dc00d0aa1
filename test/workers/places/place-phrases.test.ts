import { expect, test } from 'vitest'
import { loadCatalogue } from '../../../shared/regions/catalogue.ts'
import { places } from '../formats/reading.ts'
import { scorePhrases } from './phrase-table.ts'

test('of several hundred phrases, no wrong region is named and hardly any is missed', () => {
  const { phrases, precision, recall, wrong, missed } = scorePhrases(places)
  console.info(`places: ${phrases} phrases, precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`)
  if (missed.length > 0) console.info(`missed:\n${missed.join('\n')}`)
  expect(phrases).toBeGreaterThanOrEqual(500)
  expect(wrong).toEqual([])
  expect(precision).toBe(1)
  expect(recall).toBeGreaterThanOrEqual(0.97)
})

test('the city of every region beside a word of trouble names it, unless regions share the city', async () => {
  const { regions } = await loadCatalogue(new URL('../../../shared/regions/', import.meta.url))
  const missed: string[] = []
  for (const { id, provider, city } of regions.values()) {
    const shared = [...regions.values()].some(
      other => other.provider === provider && other.city === city && other.id !== id,
    )
    for (const text of [`${city} network maintenance`, `Packet loss in ${city}`, `Emergency maintenance ${city}`]) {
      const named = places(provider, text).regions
      if (shared ? named.some(region => regions.get(region)?.city !== city) : named[0] !== id)
        missed.push(`${text} → ${named}`)
    }
  }
  expect(missed).toEqual([])
})
