import { readFileSync } from 'node:fs'
import { landOf, type World } from '../../../client/globe/earth.ts'
import type { Place } from '../../../client/globe/place.ts'

const file = new URL('../../../node_modules/world-atlas/countries-110m.json', import.meta.url)

/** The outlines that the page loads. */
export const land = await landOf(JSON.parse(readFileSync(file, 'utf8')) as World)

export const place = (id: string, more: Partial<Place> = {}): Place => ({
  id,
  name: id,
  provider: 'Azure',
  lat: 52.4,
  lon: 4.9,
  status: 'operational',
  fresh: true,
  announced: false,
  mine: false,
  ...more,
})
