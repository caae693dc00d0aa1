import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { read, readingIn } from './reading.ts'

/** Payloads as the providers served them, which are not ours to copy: read only where a folder of them is named. */
const folder = process.env.NEPHOSCOPE_SAMPLES

const samples = [
  ['azure-rss', 'azure-feed-20260723.xml', 'azure', ['azure/westus']],
  ['aws-events', 'aws-currentevents.utf16be.json', 'aws', ['aws/me-central-1', 'aws/me-south-1']],
  ['google-incidents', 'gcp-incidents.json', 'google', ['google/europe-west4', 'google/asia-south2']],
] as const

if (folder !== undefined) {
  test('slack reads what it served, also the incidents of its history as if they were current', async () => {
    const quiet = await readFile(join(folder, 'slack-current.json'), 'utf8')
    expect(readingIn(await read('slack', quiet)).incidents).toEqual([])
    const history = JSON.parse(await readFile(join(folder, 'slack-history.json'), 'utf8'))
    const { incidents } = readingIn(
      await read('slack', JSON.stringify({ status: 'active', active_incidents: history })),
    )
    expect(incidents).toHaveLength(history.length)
    for (const incident of incidents) {
      expect(incident).toMatchObject({ kind: 'incident', status: 'resolved', resolvedAt: incident.updates[0]?.at })
      expect(incident.updates[0]?.status).toBe('resolved')
    }
  })

  test.each(samples)('%s reads %s as it was served', async (kind, file, provider, regions) => {
    const { incidents } = readingIn(await read(kind, await readFile(join(folder, file)), { provider }))
    expect(incidents.flatMap(incident => incident.regions)).toEqual(expect.arrayContaining([...regions]))
    for (const incident of incidents) expect(incident.updates.length).toBeGreaterThan(0)
  })

  test('statusio reads statusio-gitlab.json as it was served', async () => {
    const body = await readFile(join(folder, 'statusio-gitlab.json'))
    const { incidents, components } = readingIn(await read('statusio', body, { provider: 'gitlab' }))
    expect(incidents).toEqual([])
    expect(components).toHaveLength(24)
    expect(new Set(components.map(({ status }) => status))).toEqual(new Set(['operational']))
  })
} else {
  test('no samples are named, so that none are read', () => expect(folder).toBeUndefined())
}
