import { describe, expect, test } from 'vitest'
import { providerHours } from '../../../client/providers/provider-hours.ts'
import { hoursState, worstHours } from '../../../client/timeline/hours.svelte.ts'
import { firstHour, readHourStrip } from '../../../shared/domain/history.ts'
import type { Status } from '../../../shared/domain/status.ts'
import { incident, minutesAgo, NOW, small, source } from '../builders.ts'

const letters = (cells: readonly Status[]) => cells.map(status => status.charAt(0)).join('')
const hoursOf = async (regions: Record<string, string>) => {
  const hours = hoursState(async () => Response.json({ from: new Date(firstHour(NOW)).toISOString(), regions }))
  await hours.refresh(NOW)
  return hours
}

test('of several places the worst counts, and one that is unknown is not called operational', () => {
  const cells = worstHours([`oox-${'o'.repeat(20)}`, `o-od${'o'.repeat(20)}`].map(readHourStrip))
  expect(letters(cells)).toBe(`oumd${'o'.repeat(20)}`)
  expect(letters(worstHours([]))).toBe('u'.repeat(24))
})

describe('the hours of a provider', () => {
  const known = { incidents: [], sources: [], statusOf: () => 'operational' as const }

  test('are those of its open regions', async () => {
    const hours = await hoursOf({ 'aws/eu-west-1': 'o'.repeat(24), 'aws/us-east-1': `d${'o'.repeat(23)}` })
    const open = [...small.regions.values()].filter(({ provider }) => provider === 'aws')
    const announced = open.slice(0, 1).map(region => ({ ...region, id: 'aws/new', state: 'announced' as const }))
    expect(letters(providerHours('aws', { ...known, regions: [...open, ...announced], hours }, NOW))).toBe(
      `d${'o'.repeat(23)}`,
    )
  })

  test('are of a vendor what its incidents said, and unknown where none of its own sources was read', async () => {
    const outage = incident('github-1', {
      impact: 'critical',
      status: 'resolved',
      startedAt: minutesAgo(100),
      resolvedAt: minutesAgo(60),
    })
    const sources = [
      source('github-status', { day: `--${'o'.repeat(22)}` }),
      source('github-other', { day: `-x${'-'.repeat(22)}` }),
      source('aws-status', { day: 'o'.repeat(24) }),
    ]
    const hours = await hoursOf({})
    expect(letters(providerHours('github', { ...known, regions: [], incidents: [outage], sources, hours }, NOW))).toBe(
      `uu${'o'.repeat(20)}mo`,
    )
  })
})
