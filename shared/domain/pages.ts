import { RecordId, RegionId, Slug } from './primitives.ts'

/** A page of the client. The server answers the path of each with the same document. */
export type Page =
  | { name: 'dashboard' | 'incidents' | 'news' | 'near' | 'regions' | 'sources' | 'walls' }
  | { name: 'region'; region: RegionId }
  | { name: 'incident'; incident: RecordId }
  | { name: 'provider'; provider: string }
  /** `wall`: the name under which the office keeps its layout; null where the address says it all. */
  | { name: 'wall'; wall: string | null }

/** The page that a path names, with or without a slash at its end; null where it names none. Ids need no encoding. */
export function pageAt(pathname: string): Page | null {
  const [, name = '', id] = /^\/(?:([a-z]+)(?:\/(.+?))?\/?)?$/.exec(pathname) ?? [null, '?']
  switch (name) {
    case '':
      return { name: 'dashboard' }
    case 'incidents':
    case 'news':
    case 'near':
    case 'regions':
    case 'sources':
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

/** The path of a page, with a slash in front and none at its end. */
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
