import { type Service, type ServiceId, serviceCategories } from '../../shared/domain/service.ts'

const scopes = ['regional', 'zonal', 'global'] as const satisfies readonly Service['scope'][]

/**
 * Services as the small text that the page loads: a line a service between tabs, those of a provider by rank, and a
 * line with the provider before them.
 */
export function serviceTable(services: Iterable<Service>): string {
  const lines: string[] = []
  let last = ''
  for (const { id, name, aliases, category, scope, under, isBroad } of services) {
    const [provider = '', slug = ''] = id.split('/')
    if (provider !== last) lines.push(provider)
    last = provider
    const facts = [serviceCategories.indexOf(category), scopes.indexOf(scope), isBroad ? 1 : 0].join(' ')
    lines.push([slug, name, facts, under?.slice(provider.length + 1) ?? '', ...aliases].join('\t'))
  }
  return lines.join('\n')
}

export function servicesIn(table: string): Map<ServiceId, Service> {
  const services = new Map<ServiceId, Service>()
  let provider = ''
  let rank = 0
  for (const line of table.split('\n')) {
    const [slug = '', name, facts = '', under, ...aliases] = line.split('\t')
    if (name === undefined) {
      provider = slug
      rank = 0
      continue
    }
    const [category = 0, scope = 0, broad] = facts.split(' ').map(Number)
    rank += 1
    const id = `${provider}/${slug}`
    services.set(id, {
      id,
      name,
      aliases,
      category: serviceCategories[category] ?? 'other',
      scope: scopes[scope] ?? 'regional',
      under: under ? `${provider}/${under}` : null,
      isBroad: broad === 1,
      rank,
    })
  }
  return services
}
