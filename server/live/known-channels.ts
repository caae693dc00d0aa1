import { AUDIT, type Channel, type ChannelParts, parseChannel } from '../../shared/domain/channels.ts'
import { nearest } from '../../shared/domain/nearest.ts'
import { fail, ok, type Result } from '../../shared/domain/primitives.ts'
import type { Catalogue } from '../../shared/regions/catalogue.ts'
import type { Current } from './current.ts'
import { knownCountries } from './known-countries.ts'

/** Ids that exist, as maps and sets have them. */
type Ids = {
  has(id: string): boolean
  keys(): Iterable<string>
  /** What a word most likely means; else it is the id with the fewest other letters. */
  nearest?(word: string): string | null
}

/**
 * The names that channels and filters may have in them. Topics are not among them: each feed of the sources file may
 * bring topics of its own, of which the server knows only those that an article has had.
 */
export const nameKinds = ['provider', 'vendor', 'stack', 'region', 'service', 'country'] as const
type NameKind = (typeof nameKinds)[number]
export type Known = Readonly<Record<NameKind, Ids>>

/**
 * Checks the grammar, and that what is named exists: the channel of a mistyped name would stay silent for ever.
 * @param mayAudit whether whoever asks is an admin, who follows what happens there
 */
export function checkChannels(channels: readonly string[], known: Known, mayAudit = false): Result<Channel[]> {
  if (channels.includes(AUDIT) && !mayAudit) return fail(auditRule)
  for (const channel of channels) {
    const parts = parseChannel(channel)
    if (!parts.ok) return parts
    for (const { kind, id } of namesIn(parts.value)) if (!known[kind].has(id)) return fail(unknownName(kind, id, known))
  }
  return ok([...channels])
}

const auditRule =
  "'audit' is for admins alone: their sockets, GET /api/stream and GET /api/events follow it, and GET /api/audit has what was"

/** One line for a name that does not exist, with the nearest that does. */
export function unknownName(kind: NameKind, id: string, known: Known): string {
  const ids = known[kind]
  const near = ids.nearest ? ids.nearest(id) : nearest(id.toLowerCase(), ids.keys())
  const shown = `'${id.slice(0, 80)}'`
  const mend = near === null ? lists[kind] : `did you mean ${near}?`
  return kind === 'provider' ? `${shown} is not watched here: ${mend}` : `there is no ${kind} ${shown}: ${mend}`
}

const lists: Readonly<Record<NameKind, string>> = {
  provider: 'GET /api/sources lists the sources and their providers',
  vendor: 'GET /api/vendors lists them',
  stack: 'GET /api/stacks lists them',
  region: 'GET /api/regions lists them',
  service: 'GET /api/services lists them',
  country: 'use a code of ISO 3166-1, such as nl',
}

function namesIn(parts: ChannelParts): { kind: NameKind; id: string }[] {
  switch (parts.kind) {
    case 'provider':
      return [{ kind: 'provider', id: parts.provider }]
    case 'country':
      return [{ kind: 'country', id: parts.country }]
    case 'region':
      return [{ kind: 'region', id: parts.region }]
    case 'regionService':
      return [
        { kind: 'region', id: parts.region },
        { kind: 'service', id: parts.service },
      ]
    case 'service':
      return [{ kind: 'service', id: parts.service }]
    case 'vendor':
      return [{ kind: 'vendor', id: parts.vendor }]
    case 'stack':
      return [{ kind: 'stack', id: parts.stack }]
    default:
      return []
  }
}

export type NameSources = {
  catalogue: Catalogue
  services: Ids
  /** The vendors of the list; whoever else is watched is known too. */
  vendors: Ids
  current: Current
}

export function knownNames({ catalogue, services, vendors, current }: NameSources): Known {
  const watched = () => [...current.view.sources.values()].map(({ provider }) => provider)
  const vendor: Ids = {
    has: id => vendors.has(id) || catalogue.providers.has(id) || watched().includes(id),
    keys: () => [...vendors.keys(), ...catalogue.providers.keys(), ...watched()],
  }
  return {
    region: catalogue.regions,
    service: services,
    vendor,
    provider: vendor,
    country: knownCountries(),
    get stack() {
      return current.stacks.facts.stacks
    },
  }
}
