import {
  type Channel,
  type CountryOf,
  channelsOfArticle,
  channelsOfComponents,
  channelsOfIncident,
  channelsOfNotice,
  channelsOfProbe,
  channelsOfRegion,
  channelsOfSource,
} from '../shared/domain/channels.ts'
import type { Snapshot } from '../shared/domain/snapshot.ts'

/**
 * The part of a snapshot that belongs to these channels: exactly the records whose events they carry.
 * Providers and regions of the catalogue stay, for they are what records refer to.
 */
export function narrow(snapshot: Snapshot, channels: readonly Channel[], countryOf: CountryOf): Snapshot {
  const wanted = new Set(channels)
  if (wanted.has('all')) return snapshot
  const belongs = (its: readonly Channel[]) => its.some(channel => wanted.has(channel))
  return {
    ...snapshot,
    statuses: snapshot.statuses.filter(status => belongs(channelsOfRegion(status.region, countryOf))),
    incidents: snapshot.incidents.filter(incident => belongs(channelsOfIncident(incident, countryOf))),
    components: snapshot.components.filter(component => belongs(channelsOfComponents(component.provider))),
    articles: snapshot.articles.filter(article => belongs(channelsOfArticle(article, countryOf))),
    sources: snapshot.sources.filter(source => belongs(channelsOfSource(source.provider))),
    probes: snapshot.probes.filter(probe => belongs(channelsOfProbe(probe, countryOf))),
    notices: belongs(channelsOfNotice) ? snapshot.notices : [],
  }
}
