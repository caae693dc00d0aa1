import { describe, expect, test } from 'vitest'
import { contradictions, phaseText, probeRows } from '../../../client/regions/probes.ts'
import { sourceHealth } from '../../../client/sources/source-health.ts'
import { en as english } from '../../../client/words/en/page.ts'
import type { Probe } from '../../../shared/domain/probe.ts'
import type { Source } from '../../../shared/domain/source.ts'
import * as record from '../../support/builders.ts'
import { minutesAgo, small, source, status, statusesOf, when } from '../builders.ts'

const probe = (id: string, more: Partial<Probe> = {}) =>
  record.probe(id, { since: minutesAgo(38), at: minutesAgo(1), ...more })
const gone = { reachable: false, error: 'connection refused', connectMs: null, tlsMs: null, firstByteMs: null }
const rows = (probes: Probe[], sources: Source[], isStale = false) =>
  probeRows(
    { probes: new Map(probes.map(one => [one.id, one])), sources: new Map(sources.map(one => [one.id, one])), isStale },
    when,
  )
const blob = source('azure-blob', { kind: 'probe', name: 'Blob' })
const files = source('azure-files', { kind: 'probe', name: 'Files' })

test('what is out of reach comes first, with its state and the phases in words', () => {
  expect(rows([probe('azure-blob'), probe('azure-files', gone)], [blob, files])).toMatchObject([
    { reach: 'unreachable', words: 'not reachable since 14:02 (38 min): connection refused', phases: 'name 3 ms' },
    {
      reach: 'reachable',
      words: 'reachable since 14:02 (38 min)',
      phases: 'name 3 ms, connect 12 ms, TLS 25 ms, first byte 31 ms',
    },
  ])
})

test('a phase that there is none of is left out', () => {
  expect(phaseText(probe('x', { nameMs: null, tlsMs: null, firstByteMs: 30.6 }), english)).toBe(
    'connect 12 ms, first byte 31 ms',
  )
})

describe('what is not known now is unknown', () => {
  test.each([
    ['before the first finding', [], blob, false, 'not measured yet'],
    ['in a picture that is stale', [probe('azure-blob')], blob, true, 'last known: reachable, 14:39'],
    [
      'where the worker may not go there',
      [probe('azure-blob')],
      { ...blob, failures: 9, lastOkAt: minutesAgo(30), error: 'resolves to a private address (10.0.0.1)' },
      false,
      'not measured: resolves to a private address (10.0.0.1)',
    ],
  ])('%s', (_, probes, from, stale, words) => {
    expect(rows(probes, [from], stale)).toMatchObject([{ reach: 'unknown', words, phases: '' }])
  })
})

describe('a region that its provider says is well and that cannot be reached', () => {
  const out = rows([probe('azure-blob', gone)], [blob])
  const said = (region: ReturnType<typeof status>) => contradictions(out, statusesOf(region), small, when)

  test('is said in one sentence', () => {
    expect(said(status('azure/westeurope'))).toEqual([
      'Azure West Europe: Azure says operational, but it has not been reachable from here (office) since 14:02.',
    ])
  })

  test('is no contradiction where the provider reports trouble, or is not fresh', () => {
    expect(said(status('azure/westeurope', { status: 'partial_outage' }))).toEqual([])
    expect(said(status('azure/westeurope', { freshness: 'stale' }))).toEqual([])
    expect(
      contradictions(rows([probe('azure-blob')], [blob]), statusesOf(status('azure/westeurope')), small, when),
    ).toEqual([])
  })
})

test('probes are not counted among the sources that answer, and do not hide that none does', () => {
  const silent = source('aws-status', { failures: 5, lastOkAt: minutesAgo(60), error: 'timeout after 10 s' })
  expect(sourceHealth([silent, blob], when)).toMatchObject({ total: 1, answering: 0, isBlind: true })
})
