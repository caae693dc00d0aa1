import type { Component } from '../../shared/domain/component.ts'
import type { Incident } from '../../shared/domain/incident.ts'
import type { RegionId } from '../../shared/domain/primitives.ts'
import type { RegionStatus } from '../../shared/domain/region.ts'
import { isSilent, isStatusSource, type Source } from '../../shared/domain/source.ts'
import { type Status, severity, worst } from '../../shared/domain/status.ts'
import { type Catalogue, providerName } from './catalogue.ts'
import { type Headline, headline, staleHeadline } from './headline.ts'
import type { Staleness } from './region-words.ts'
import { providerStatus } from './services.ts'
import type { When } from './time.ts'

export type ProviderInput = {
  provider: string
  catalogue: Catalogue
  statuses: ReadonlyMap<RegionId, RegionStatus>
  incidents: Iterable<Incident>
  components: Iterable<Component>
  sources: Iterable<Source>
  stale: Staleness
}

/** How a provider does in one sentence: its regions first, then what names no region. Silence is never health. */
export function providerHeadline(input: ProviderInput, when: When): Headline {
  const { provider, catalogue, stale } = input
  const statuses = new Map([...input.statuses].filter(([id]) => id.startsWith(`${provider}/`)))
  const incidents = [...input.incidents].filter(incident => incident.provider === provider)
  const unplaced = providerStatus(provider, incidents, input.components)
  const cover = [...input.sources].filter(source => source.provider === provider && isStatusSource(source))
  const silent = cover.length === 0 || cover.some(source => isSilent(source, when.now))
  const told = headline({ catalogue, statuses, incidents, mine: new Set() }, when)
  const ofItself = (status: Status): Headline => ({
    status,
    text: when.words.providerPage.state(providerName(catalogue, provider), when.words.states.label[status]),
  })
  const sentence = (): Headline => {
    if (severity[worst([...statuses.values()].map(({ status }) => status))] > 0) return told
    if (silent) return ofItself('unknown')
    if (severity[told.status] > 0) return told
    if (severity[unplaced] > 0) return ofItself(unplaced)
    return statuses.size === 0 ? ofItself('operational') : told
  }
  return stale.picture ? staleHeadline(sentence(), stale.since, when) : sentence()
}
