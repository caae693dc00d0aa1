import { expect, test } from 'vitest'
import { zoneCity, zonesOf } from '../../../client/ui/time.ts'
import { isTimeZone } from '../../../shared/domain/time-zone.ts'

test('a zone is called by its city', () => {
  expect(['Asia/Tokyo', 'America/Argentina/Buenos_Aires', 'UTC'].map(zoneCity)).toEqual([
    'Tokyo',
    'Buenos Aires',
    'UTC',
  ])
})

test('only zones that the browser knows may be chosen', () => {
  expect(['Asia/Tokyo', 'local', 'Asia/Atlantis', '', '<b>'].map(isTimeZone)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ])
})

test('each zone of the places is offered once, and the chosen one always', () => {
  const places = ['Europe/Dublin', 'Asia/Tokyo', 'Europe/Dublin', 'Mars/Base'].map(timezone => ({ timezone }))
  expect(zonesOf(places, null)).toEqual(['Europe/Dublin', 'Asia/Tokyo'])
  expect(zonesOf(places, 'America/Sao_Paulo')).toEqual(['Europe/Dublin', 'America/Sao_Paulo', 'Asia/Tokyo'])
})
