import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { loadVendors } from '../../../shared/vendors/catalogue.ts'
import { parseSources } from '../../../workers/config/source-config.ts'
import { read, readingIn } from '../formats/reading.ts'

const file = 'config/sources.yaml'
const { vendors } = await loadVendors(new URL('../../../shared/vendors/', import.meta.url))
const text = await readFile(new URL(`../../../${file}`, import.meta.url), 'utf8')
const parsed = parseSources(text, file, {}, { vendors })
if (!parsed.ok) throw new Error(parsed.error)
const source = (id: string) => {
  const found = parsed.value.sources.find(source => source.id === id)
  if (!found || found.kind === 'probe' || found.kind === 'inbound')
    throw new Error(`${file} has no source '${id}' that is read`)
  return found
}
const regionsIn = async (id: string, body: string) =>
  readingIn(await read(source(id).kind, body, source(id))).incidents.flatMap(({ regions }) => regions)

const statuspage = (...components: { id: string; name: string; status: string }[]) =>
  JSON.stringify({
    page: { id: 'p' },
    components,
    incidents: [
      {
        id: 'i1',
        name: 'Volumes answer slowly',
        status: 'investigating',
        impact: 'minor',
        created_at: '2026-11-24T11:00:00Z',
        updated_at: '2026-11-24T11:10:00Z',
        components,
        incident_updates: [],
      },
    ],
    scheduled_maintenances: [],
  })
const slow = (name: string) => statuspage({ id: 'c1', name, status: 'degraded_performance' })

test.each([
  ['scaleway', slow('fr-par-2'), 'scaleway/fr-par'],
  ['scaleway', slow('AMS1'), 'scaleway/nl-ams'],
  ['ovh-public-cloud', slow('GRA11'), 'ovh/gra'],
  ['ovh-public-cloud', slow('SBG5'), 'ovh/sbg'],
])('what %s says of a component reaches its region', async (id, body, region) =>
  expect(await regionsIn(id, body)).toEqual([region]),
)

test('what Hetzner says in its feed reaches the region that it names', async () => {
  const entry = (id: number, title: string, text: string) =>
    `<entry><id>tag:h,2026:${id}</id><title>${title}</title><updated>2026-11-24T11:00:00Z</updated><content>${text}</content></entry>`
  const feed = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Status</title>${entry(1, 'Fault of a cooling unit in FSN1-DC14', 'Status: Identified.')}${entry(2, 'Uplinks in HEL1', 'Status: Investigating.')}</feed>`
  expect((await regionsIn('hetzner', feed)).sort()).toEqual(['hetzner/fsn1', 'hetzner/hel1'])
})

test('the ids of the sources stay, for the records of years carry them', () => {
  const ids = parsed.value.sources.filter(({ kind }) => kind !== 'feed').map(({ id }) => id)
  const before =
    'azure-status aws-status google-status oracle-status hetzner ovh-public-cloud scaleway cloudflare akamai digitalocean linode vercel netlify render flyio heroku github gitlab circleci atlassian hashicorp snyk mongodb supabase planetscale upstash elastic datadog newrelic grafana sentry google-workspace openai anthropic twilio slack discord'
  expect(ids).toEqual(expect.arrayContaining(before.split(' ')))
  expect(new Set(ids).size).toBeGreaterThanOrEqual(3 + 30)
})
