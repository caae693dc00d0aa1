import { describe, expect, it } from 'vitest'
import { loadCatalogue } from '../../../shared/regions/catalogue.ts'
import { distanceToCountryKm } from './country-outlines.ts'

/** Outlines are coarse: what stands at a coast may lie this far off them. */
const COAST_KM = 25

const { providers, regions } = await loadCatalogue(new URL('../../../shared/regions', import.meta.url))
const all = [...regions.values()]
const of = (provider: string) => all.filter(region => region.provider === provider)

describe('the regions of this project', () => {
  it.each([
    ['azure', 60],
    ['aws', 30],
    ['google', 40],
    ['oracle', 50],
    ['ibm', 11],
    ['digitalocean', 15],
    ['linode', 31],
    ['vultr', 32],
    ['ovh', 15],
    ['hetzner', 6],
    ['scaleway', 3],
    ['alibaba', 26],
  ])('of %s are at least %d', (provider, least) => {
    expect(of(provider).length).toBeGreaterThanOrEqual(least)
  })

  it('belong to a provider that is known, under its own id', () => {
    expect(all.filter(region => !providers.has(region.provider))).toEqual([])
    expect(all.filter(region => region.id !== `${region.provider}/${region.code}`)).toEqual([])
  })

  it('include the sovereign clouds', () => {
    const sovereign = [
      'azure/usgovvirginia',
      'azure/chinanorth3',
      'aws/us-gov-west-1',
      'aws/cn-north-1',
      'aws/eusc-de-east-1',
    ]
    expect(sovereign.filter(id => !regions.has(id))).toEqual([])
  })

  it.each(all.map(region => [region.id, region] as const))('stand in the country that they name: %s', (_, region) => {
    expect(distanceToCountryKm([region.lon, region.lat], region.country)).toBeLessThanOrEqual(COAST_KM)
  })

  it('keep the time of their place', () => {
    for (const { id, timezone, lon } of all) {
      const winter = offsetHours(timezone, new Date('2026-01-15T12:00:00Z'))
      const summer = offsetHours(timezone, new Date('2026-07-15T12:00:00Z'))
      // no zone of the catalogue is further than this from the time of its sun, summer time left out
      expect(Math.abs(Math.min(winter, summer) - lon / 15), `${id} in ${timezone}`).toBeLessThan(2.5)
    }
  })

  it('are paired with regions that are known', () => {
    expect(all.filter(({ pair }) => pair !== null && !regions.has(pair))).toEqual([])
  })

  it('may be paired one way only', () => {
    expect(regions.get('azure/brazilsouth')?.pair).toBe('azure/southcentralus')
    expect(regions.get('azure/southcentralus')?.pair).toBe('azure/northcentralus')
  })

  it.each([...providers.keys()])('share no word within %s', provider => {
    const owners = new Map<string, string>()
    for (const { id, code, name, aliases } of of(provider))
      for (const word of [code, name, ...aliases]) {
        const owner = owners.get(word.toLowerCase()) ?? id
        expect(owner, word).toBe(id)
        owners.set(word.toLowerCase(), id)
      }
  })

  it.each([...providers.keys()])('of %s have no alias that is the city of another', provider => {
    const wrong = of(provider).flatMap(({ id, aliases }) =>
      of(provider).filter(other => other.id !== id && aliases.includes(other.city)),
    )
    expect(wrong).toEqual([])
  })
})

/** Hours ahead of UTC in a time zone at an instant. */
function offsetHours(timeZone: string, at: Date): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at)
  const name = parts.find(part => part.type === 'timeZoneName')?.value ?? ''
  const [, sign, hours = '0', minutes = '0'] = /GMT(?:([+-])(\d+):(\d+))?/.exec(name) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) + Number(minutes) / 60)
}
