import { expect, test } from 'vitest'
import type { Incident } from '../../../shared/domain/incident.ts'
import { joinedWords, lineOfTime } from '../../../shared/domain/joined-words.ts'
import { entry, incident, minutesAgo } from '../../support/builders.ts'

const told = (id: string, more: Partial<Incident> = {}) => incident(id, { entries: [entry(1, 10)], ...more })
const own = (id: string, more: Partial<Incident> = {}) =>
  told(id, { isPrivate: true, entries: [entry(1, 24)], ...more })
const joined = (one: Incident, ...others: Incident[]) => joinedWords(one, others).map(({ other }) => other.id)

test('words with one id are joined, in both directions, and stay two records', () => {
  const [mine, theirs] = [own('own/7f35c8ae', { provider: 'aws' }), told('aws-status/7f35c8ae', { provider: 'aws' })]
  expect(joined(mine, theirs, mine)).toEqual(['aws-status/7f35c8ae'])
  expect(joined(theirs, mine, theirs)).toEqual(['own/7f35c8ae'])
})

test('the lead is from the word to the account to the public one, by our clock and by theirs', () => {
  const mine = own('own/a', { entries: [entry(1, 24, { seenAt: minutesAgo(23.5) })] })
  const theirs = told('s/a')
  expect(joinedWords(mine, [theirs])[0]?.lead).toEqual({ ours: 870, theirs: 840 })
  expect(joinedWords(theirs, [mine])[0]?.lead).toEqual({ ours: 870, theirs: 840 })
  const late = own('own/a', { entries: [entry(1, 4)] })
  expect(joinedWords(theirs, [late])[0]?.lead).toEqual({ ours: -360, theirs: -360 })
})

test('a clock that is not known gives no lead; of a long ledger the regions say when it began', () => {
  const spell = { region: 'azure/westeurope', from: minutesAgo(20), to: null }
  const long = own('own/a', { entries: [entry(60, 1)], everRegions: [spell] })
  expect(joinedWords(told('s/a'), [long])[0]?.lead).toEqual({ ours: 660, theirs: null })
  expect(joinedWords(told('s/a'), [own('own/a', { entries: [] })])[0]?.lead).toEqual({ ours: null, theirs: null })
})

test("Azure's ids stand in the words of its public pages", () => {
  const mine = own('own/na0f-bjg', { startedAt: minutesAgo(500) })
  expect(joined(mine, told('azure-status/x', { title: 'Starting issues (Tracking ID NA0F-BJG)' }))).toHaveLength(1)
  expect(joined(mine, told('azure-status/x', { entries: [entry(1, 9, { text: 'See NA0F-BJG.' })] }))).toHaveLength(1)
  expect(joined(mine, told('azure-status/x', { title: 'Starting issues (Tracking ID NA0F-BJH)' }))).toEqual([])
  // what is no id of Azure is a word like any other
  expect(joined(own('own/storage'), told('azure-status/x', { title: 'Storage is slow' }))).toEqual([])
})

const sql = {
  provider: 'google',
  regions: ['google/us-central1'],
  serviceIds: ['google/cloud-sql'],
  startedAt: minutesAgo(60),
}

test('where a cloud has no common id, a common service, a common region and the hour join them', () => {
  const mine = own('own/event', sql)
  expect(joined(mine, told('google-status/1', { ...sql, startedAt: minutesAgo(119) }))).toHaveLength(1)
  expect(joined(mine, told('google-status/1', { ...sql, startedAt: minutesAgo(121) }))).toEqual([])
  expect(joined(mine, told('google-status/1', { ...sql, regions: ['google/us-east1'] }))).toEqual([])
  expect(joined(mine, told('google-status/1', { ...sql, serviceIds: ['google/gke'] }))).toEqual([])
  const everywhere = { ...sql, regions: [], scope: 'global' as const }
  expect(joined(own('own/event', everywhere), told('google-status/1', everywhere))).toHaveLength(1)
  const aws = { ...sql, provider: 'aws', regions: ['aws/us-east-1'], serviceIds: ['aws/ec2'] }
  expect(joined(own('own/event', aws), told('aws-status/1', aws))).toEqual([])
})

test('two private words, two public ones and those of two providers are not joined', () => {
  expect(joined(own('own/a'), own('other/a'))).toEqual([])
  expect(joined(told('s/a'), told('t/a'))).toEqual([])
  expect(joined(own('own/a'), told('s/a', { provider: 'aws' }))).toEqual([])
})

test('what both said is one line of time, by our clock', () => {
  const mine = own('own/a', { entries: [entry(2, 5), entry(1, 24)] })
  const theirs = told('s/a', { entries: [entry(3, 4), entry(2, 8, { text: '' }), entry(1, 10)] })
  expect(lineOfTime([theirs, mine]).map(({ incident, entry, at }) => [incident.id, entry.n, at])).toEqual([
    ['own/a', 1, minutesAgo(23)],
    ['s/a', 1, minutesAgo(9)],
    ['own/a', 2, minutesAgo(4)],
    ['s/a', 3, minutesAgo(3)],
  ])
})
