import type { ChannelParts } from '../../shared/domain/channels.ts'
import type { Incident } from '../../shared/domain/incident.ts'
import { providerOf, type RegionId } from '../../shared/domain/primitives.ts'
import { publicView } from '../../shared/domain/private-words.ts'
import type { ServiceId } from '../../shared/domain/service.ts'
import type { SimpleUse, Stack } from '../../shared/domain/stack.ts'
import { incidentsOfStack, type StackSummaryFacts, stackSummary } from './stack-summary.ts'
import { nameOfProvider, openRegionsOf, providerSummary, regionSummary, type StatusSummary } from './status-summary.ts'

/** What a badge or a frame shows. */
export type Subject = { name: string; summary: StatusSummary; incidents: Incident[] }

export type SubjectFacts = StackSummaryFacts & {
  names: { services: ReadonlyMap<ServiceId, { name: string }>; vendors: ReadonlyMap<string, { name: string }> }
}

/**
 * The subject of a channel: a region, a provider, a vendor, a service, a service in a region, a stack. Undefined where
 * the channel has none, or a provider is not watched. A vendor that is not watched is unknown. Only of a stack private
 * words count. Pure.
 */
export function subjectOf(parts: ChannelParts, all: SubjectFacts): Subject | undefined {
  const facts = parts.kind === 'stack' ? all : { ...all, view: publicView(all.view) }
  const incidents = [...facts.view.incidents.values()]
  switch (parts.kind) {
    case 'region': {
      const region = facts.catalogue.regions.get(parts.region)
      return (
        region && {
          name: regionName(region.id, facts),
          summary: regionSummary(region, facts),
          incidents: incidents.filter(({ regions }) => regions.includes(region.id)),
        }
      )
    }
    case 'provider': {
      const summary = providerSummary(parts.provider, facts)
      const its = incidents.filter(({ provider }) => provider === parts.provider)
      return summary && { name: nameOfProvider(parts.provider, facts), summary, incidents: its }
    }
    case 'vendor':
      return {
        name: vendorName(parts.vendor, facts),
        summary: providerSummary(parts.vendor, facts) ?? { status: 'unknown', since: null, lastKnown: null },
        incidents: incidents.filter(({ provider }) => provider === parts.vendor),
      }
    case 'service': {
      const regions = openRegionsOf(providerOf(parts.service), facts.catalogue).map(({ id }) => id)
      return ofUse(
        { kind: 'service', service: parts.service, regions, zones: [] },
        serviceName(parts.service, [], facts),
        facts,
      )
    }
    case 'regionService': {
      const { service, region } = parts
      return ofUse(
        { kind: 'service', service, regions: [region], zones: [] },
        serviceName(service, [region], facts),
        facts,
      )
    }
    case 'stack': {
      const stack = facts.stackFacts.stacks.get(parts.stack)
      return stack && ofStack(stack, facts)
    }
    default:
      return undefined
  }
}

const ofUse = (use: SimpleUse, name: string, facts: SubjectFacts): Subject =>
  ofStack({ id: 'use', name, uses: [use] }, facts)

const ofStack = (stack: Stack, facts: SubjectFacts): Subject => ({
  name: stack.name,
  summary: stackSummary(stack, facts),
  incidents: incidentsOfStack(stack, facts),
})

/** 'Azure West Europe' */
export function regionName(id: RegionId, facts: SubjectFacts): string {
  const region = facts.catalogue.regions.get(id)
  return region ? `${nameOfProvider(region.provider, facts)} ${region.name}` : id
}

export const vendorName = (vendor: string, facts: SubjectFacts): string =>
  facts.names.vendors.get(vendor)?.name ?? nameOfProvider(vendor, facts)

/** 'AWS Lambda (AWS)', 'Virtual Machines in West Europe (Azure)' */
export function serviceName(id: ServiceId, regions: readonly RegionId[], facts: SubjectFacts): string {
  const name = facts.names.services.get(id)?.name ?? id
  const where = regions.map(region => facts.catalogue.regions.get(region)?.name ?? region).join(', ')
  return `${name}${where && ` in ${where}`} (${nameOfProvider(providerOf(id), facts)})`
}
