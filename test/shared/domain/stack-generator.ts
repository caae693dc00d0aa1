import type { Article } from '../../../shared/domain/article.ts'
import type { Incident } from '../../../shared/domain/incident.ts'
import type { StackFacts } from '../../../shared/domain/reason.ts'
import type { Stack, Use } from '../../../shared/domain/stack.ts'
import { article, incident, minutesAgo } from '../../support/builders.ts'
import { facts, regions, services } from './concerns-table.ts'

type Random = () => number

/** Stacks, incidents and articles that a seed decides: many, different, and the same in every run. */
export function stackGenerator(seed: number) {
  const random = randomFrom(seed)
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T // `some` never asks it of an empty list
  const some = <T>(items: readonly T[], most: number): T[] => {
    const count = items.length === 0 ? 0 : Math.floor(random() * (most + 1))
    return [...new Set(Array.from({ length: count }, () => pick(items)))]
  }

  function use(): Use {
    switch (pick(['region', 'service', 'service', 'vendor', 'source', 'probe', 'stack'] as const)) {
      case 'region':
        return { kind: 'region', region: pick(regionIds) }
      case 'service': {
        const service = pick(serviceIds)
        return { kind: 'service', service, regions: some(ofProvider(regionIds, service), 3), zones: some(zones, 2) }
      }
      case 'vendor':
        return { kind: 'vendor', vendor: pick(vendors), sites: some(sites, 2), parts: some(parts, 2) }
      case 'source':
        return { kind: 'source', source: pick(sources) }
      case 'probe':
        return { kind: 'probe', source: pick(sources) }
      case 'stack':
        return { kind: 'stack', stack: pick([...stackIds, 'nowhere']) }
    }
  }

  const uses = (most: number): Use[] => Array.from({ length: Math.floor(random() * (most + 1)) }, use)

  /** Stacks that use each other, with facts that know them. */
  function world(): { stacks: Stack[]; facts: StackFacts } {
    const stacks = stackIds.map(id => ({ id, name: id, uses: uses(5) }))
    return { stacks, facts: { ...facts, stacks: new Map(stacks.map(stack => [stack.id, stack])) } }
  }

  function anIncident(): Incident {
    const provider = pick(vendors)
    const named = some(ofProvider(serviceIds, provider), 3)
    return incident(`${pick(sources)}/1`, {
      provider,
      scope: pick(['regional', 'global', 'unspecified']),
      regions: some(ofProvider(regionIds, provider), 3),
      everRegions: some(ofProvider(regionIds, provider), 1).map(id => ({
        region: id,
        from: minutesAgo(60),
        to: minutesAgo(9),
      })),
      services: [...named, ...some([...parts, 'Multiple services', 'Some New Thing'], 2)],
      serviceIds: named,
      everServiceIds: some(ofProvider(serviceIds, provider), 1),
      zones: some(zones, 2),
    })
  }

  const anArticle = (): Article => {
    const serviceIds_ = some(serviceIds, 2)
    const providers = some(vendors, 3)
    return article('news/1', { providers, regions: some(regionIds, 2), services: serviceIds_, serviceIds: serviceIds_ })
  }

  return {
    some,
    uses,
    use,
    world,
    anIncident,
    anArticle,
    shuffled: <T>(items: readonly T[]) => shuffled(items, random),
  }
}

const regionIds = [...regions.keys()]
const serviceIds = [...services.keys()]
const vendors = ['aws', 'azure', 'google', 'github', 'stripe', 'datadog', 'vercel']
const sites = ['us1', 'eu1', 'iad1']
const parts = ['Actions', 'Europe / API', 'API', 'Europe']
const sources = ['our-gatus', 'aws-status', 'github']
const zones = ['use1-az1', 'use1-az4', 'europe-west4-a']
const stackIds = ['a', 'b', 'c', 'd', 'e', 'f']

/** Those of a provider; of a vendor without any, none. */
const ofProvider = (ids: readonly string[], owner: string): string[] =>
  ids.filter(id => id.startsWith(`${owner.split('/')[0]}/`))

/** Mulberry32. @see https://github.com/cprosche/mulberry32 */
function randomFrom(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map(item => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}
