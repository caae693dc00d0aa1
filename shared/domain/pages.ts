import { RecordId, RegionId, Slug } from './primitives.ts'

/** A page of the client. The server answers every path with the same document. */
export type Page =
  | { name: 'dashboard' | 'deliveries' | 'incidents' | 'news' | 'near' | 'regions' | 'sources' | 'stack' | 'walls' }
  | { name: 'region'; region: RegionId }
  | { name: 'incident'; incident: RecordId }
  | { name: 'provider'; provider: string }
  /** `wall`: the name of a layout in the office settings; null if the address has all settings. */
  | { name: 'wall'; wall: string | null }

/** Path → page, with or without a trailing slash; null for an unknown path. Ids need no encoding. */
export function pageAt(pathname: string): Page | null {
  const [, name = '', id] = /^\/(?:([a-z]+)(?:\/(.+?))?\/?)?$/.exec(pathname) ?? [null, '?']
  switch (name) {
    case '':
      return { name: 'dashboard' }
    case 'deliveries':
    case 'incidents':
    case 'news':
    case 'near':
    case 'regions':
    case 'sources':
    case 'stack':
    case 'walls':
      return id === undefined ? { name } : null
    case 'region':
      return RegionId.safeParse(id).success ? { name, region: String(id) } : null
    case 'incident':
      return RecordId.safeParse(id).success ? { name, incident: String(id) } : null
    case 'provider':
      return Slug.safeParse(id).success ? { name, provider: String(id) } : null
    case 'wall':
      if (id === undefined) return { name, wall: null }
      return Slug.safeParse(id).success ? { name, wall: id } : null
    default:
      return null
  }
}

export function pathOf(page: Page): string {
  switch (page.name) {
    case 'dashboard':
      return '/'
    case 'region':
      return `/region/${page.region}`
    case 'incident':
      return `/incident/${page.incident}`
    case 'provider':
      return `/provider/${page.provider}`
    case 'wall':
      return page.wall === null ? '/wall' : `/wall/${page.wall}`
    default:
      return `/${page.name}`
  }
}
