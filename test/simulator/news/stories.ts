import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { seeded } from '../seeded.ts'
import { Duration, Step, type StepOf } from '../step.ts'

type News = StepOf<'publish'>
export type Newsroom = {
  /** News of the weeks before, with their age in ms. */
  before: { ago: number; step: News }[]
  /** The story with this number, from 0 on. No two have one title. */
  story(number: number): News
}

const Told = z.looseObject({ ago: Duration.optional() }).transform(({ ago, ...step }) => ({ ago, step }))

/** News that never repeats: those of a file, then composed ones, for as long as somebody reads. */
export function newsroom(file: string | URL): Newsroom {
  const told = z.array(Told).parse(parse(readFileSync(file, 'utf8')))
  const stories = told.map(({ ago, step }) => ({ ago, step: publish(step) }))
  const ahead = stories.filter(({ ago }) => ago === undefined)
  return {
    before: stories.flatMap(({ ago, step }) => (ago === undefined ? [] : [{ ago, step }])),
    story: number => ahead[number]?.step ?? publish(composed(number - ahead.length)),
  }
}

function publish(step: object): News {
  const parsed = Step.parse({ do: 'publish', ...step })
  if (parsed.do !== 'publish') throw new Error('news are published')
  return parsed
}

const cities =
  'Lisbon Turin Ghent Bergen Tallinn Porto Graz Brno Malmö Leeds Cork Basel Lyon Gdańsk Split Sofia Izmir Haifa Accra Nairobi Durban Pune Kochi Cebu Perth Nagoya Daegu Recife Córdoba Quito Leon Tampa Boise Omaha Fresno Halifax'.split(
    ' ',
  )
const patterns = [
  [
    'the-rack',
    '{city} gets a hall with {n} rows and no corridor',
    'Doors open on both sides. The builder of {other} looks on with interest.',
    ['construction'],
  ],
  [
    'latency-letter',
    'From {city} to {other} in {n} milliseconds',
    'A month of round trips, two detours and one night that nobody can explain.',
    ['latency'],
  ],
  [
    'green-grid',
    '{city} buys {n} MW of wind from {other}',
    'The contract counts hours, not years. Gusts are shared.',
    ['energy'],
  ],
  [
    'ledger-and-load',
    'A team in {city} returned {n} idle machines',
    'It asked {other} first. Nobody there knew whose they were.',
    ['pricing'],
  ],
  [
    'perimeter-post',
    '{n} keys found in a drawer in {city}',
    'All of them had expired, except the one for {other}.',
    ['security'],
  ],
  [
    'subsea-dispatch',
    'A survey ship maps {n} km between {city} and {other}',
    'The route avoids two anchorages and one very old wreck.',
    ['cables'],
  ],
  [
    'deploy-daily',
    '{city} upgrades {n} clusters before lunch',
    'The list for the afternoon went to colleagues in {other}.',
    ['kubernetes'],
  ],
  [
    'region-watch',
    '{city} asks for {n} hectares, {other} offers them',
    'Permits, power and a railway siding: what a new campus would need.',
    ['region'],
  ],
] as const

/** Every city with every other one, in every pattern, until all are through; then the numbers go on. */
function composed(number: number): object {
  const [feed, title, summary, tags] = patterns[number % patterns.length] ?? patterns[0]
  const turn = Math.floor(number / patterns.length)
  const city = cities[turn % cities.length] ?? ''
  const lap = Math.floor(turn / cities.length)
  const other = cities[(turn + 1 + (lap % (cities.length - 1))) % cities.length] ?? ''
  const n = String(11 + seeded(`story ${number % patterns.length} ${turn % cities.length}`).below(60) + lap)
  const words = (text: string): string => text.replace('{city}', city).replace('{other}', other).replace('{n}', n)
  return { feed, title: words(title), summary: words(summary), tags: [...tags] }
}
