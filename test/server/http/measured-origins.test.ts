import { expect, test } from 'vitest'
import { measuredOrigins } from '../../../server/http/security-headers.ts'
import { defaultSettings } from '../../../shared/domain/notice.ts'
import { probe } from '../../support/builders.ts'

const probes = (...urls: string[]) => new Map(urls.map((url, n) => [`p${n}`, probe(`p${n}`, { url })]))
const open = { isGuarded: false }
const allowed = { ...defaultSettings, roundTrips: true }

test('browsers may ask the origins of http probes, each named once, and none unless the office says so', () => {
  const some = probes(
    'https://a.example.com/ping',
    'https://a.example.com/x',
    'http://b.example.com:8080/',
    'tcp://c.example.com:22',
  )
  expect(measuredOrigins({ settings: allowed, probes: some }, open)).toEqual([
    'https://a.example.com',
    'http://b.example.com:8080',
  ])
  expect(measuredOrigins({ settings: defaultSettings, probes: some }, open)).toEqual([])
})

test('the header stays within what proxies take', () => {
  const many = probes(...Array.from({ length: 300 }, (_, n) => `https://endpoint-${n}.example.com/`))
  expect(measuredOrigins({ settings: allowed, probes: many }, open)).toHaveLength(100)
})

test('whoever has no token where one is needed is not told what is probed', () => {
  const some = probes('https://a.example.com/ping')
  expect(measuredOrigins({ settings: allowed, probes: some }, { isGuarded: true })).toEqual([])
})
