import type { RegionId } from '../../shared/domain/primitives.ts'
import type { Probe } from '../../shared/domain/probe.ts'
import type { RegionStatus } from '../../shared/domain/region.ts'
import { isSilent, type Source } from '../../shared/domain/source.ts'
import { type Catalogue, placeName, providerName } from '../live/catalogue.ts'
import { clockTime, type FirstWhen, sinceText } from '../ui/time.ts'
import type { FirstWords } from '../words/en/first.ts'

export type ProbeRow = {
  source: Source
  probe: Probe | null
  reach: 'reachable' | 'unreachable' | 'unknown'
  /** 'reachable since 14:02 (38 min)' */
  words: string
  /** 'name 3 ms, connect 12 ms, TLS 25 ms, first byte 31 ms'; empty where no phase completed. */
  phases: string
}

export type ProbeInput = { probes: ReadonlyMap<string, Probe>; sources: ReadonlyMap<string, Source>; isStale: boolean }

/** All probes, unreachable ones first, then by name. A probe without a recent measurement is unknown. */
export function probeRows(input: ProbeInput, when: FirstWhen): ProbeRow[] {
  return [...input.sources.values()]
    .filter(source => source.kind === 'probe')
    .map(source => rowOf(source, input, when))
    .sort((a, b) => order[a.reach] - order[b.reach] || a.source.name.localeCompare(b.source.name))
}

const order = { unreachable: 0, unknown: 1, reachable: 2 } as const

function rowOf(source: Source, { probes, isStale }: ProbeInput, when: FirstWhen): ProbeRow {
  const probe = probes.get(source.id) ?? null
  if (probe === null || isStale || isSilent(source, when.now))
    return { source, probe, reach: 'unknown', words: unknownWords(source, probe, when), phases: '' }
  const since = sinceText(probe.since, when)
  const say = when.words.probes
  const words = probe.reachable ? say.reachable(since) : say.unreachable(since, probe.error)
  return {
    source,
    probe,
    reach: probe.reachable ? 'reachable' : 'unreachable',
    words,
    phases: phaseText(probe, when.words),
  }
}

function unknownWords(source: Source, probe: Probe | null, when: FirstWhen): string {
  const say = when.words.probes
  if (source.error !== null) return say.notMeasured(source.error)
  return probe === null ? say.notMeasuredYet : say.lastKnown(probe.reachable, clockTime(probe.at, when))
}

export function phaseText({ nameMs, connectMs, tlsMs, firstByteMs }: Probe, { lists, probes }: FirstWords): string {
  const phases: [string, number | null][] = [
    [probes.phases.name, nameMs],
    [probes.phases.connect, connectMs],
    [probes.phases.tls, tlsMs],
    [probes.phases.firstByte, firstByteMs],
  ]
  return lists.plain(phases.flatMap(([name, ms]) => (ms === null ? [] : probes.phase(name, Math.round(ms)))))
}

/**
 * Regions that their provider calls operational and that a probe cannot reach, one sentence each:
 * 'AWS eu-west-1: AWS says operational; not reachable from office since 14:02.'
 */
export function contradictions(
  rows: readonly ProbeRow[],
  statuses: ReadonlyMap<RegionId, RegionStatus>,
  catalogue: Catalogue,
  when: FirstWhen,
): string[] {
  const sentences = rows.flatMap(({ probe, reach }) => {
    if (probe === null || reach !== 'unreachable') return []
    const status = statuses.get(probe.region)
    if (status?.status !== 'operational' || status.freshness === 'stale') return []
    const [provider = ''] = probe.region.split('/')
    return when.words.probes.contradiction({
      place: placeName(catalogue, probe.region),
      provider: providerName(catalogue, provider),
      from: probe.from,
      since: clockTime(probe.since, when),
    })
  })
  return [...new Set(sentences)]
}
