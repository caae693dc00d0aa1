import { type Channel, type ChannelParts, parseChannel } from '../../shared/domain/channels.ts'
import { nearest } from '../../shared/domain/nearest.ts'
import { fail, ok, type Result } from '../../shared/domain/primitives.ts'
import type { Catalogue } from '../../shared/regions/catalogue.ts'
import type { Current } from './current.ts'

/** Ids that exist, as maps and sets have them. */
type Ids = { has(id: string): boolean; keys(): Iterable<string> }

/** The names that channels may have in them. */
export type Known = Readonly<Record<'region' | 'service' | 'vendor' | 'stack', Ids>>

/** Checks the grammar, and that what is named exists: the channel of a mistyped name would stay silent for ever. */
export function checkChannels(channels: readonly string[], known: Known): Result<Channel[]> {
  for (const channel of channels) {
    const parts = parseChannel(channel)
    if (!parts.ok) return parts
    for (const { kind, id } of namesIn(parts.value)) if (!known[kind].has(id)) return fail(unknownName(kind, id, known))
  }
  return ok([...channels])
}

/** One line for a name that does not exist, with the nearest that does. */
export function unknownName(kind: keyof Known, id: string, known: Known): string {
  const near = nearest(id, known[kind].keys())
  const mend = near === null ? `GET /api/${kind}s lists them` : `did you mean ${near}?`
  return `there is no ${kind} '${id.slice(0, 80)}': ${mend}`
}

function namesIn(parts: ChannelParts): { kind: keyof Known; id: string }[] {
  switch (parts.kind) {
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
  return {
    region: catalogue.regions,
    service: services,
    vendor: {
      has: id => vendors.has(id) || catalogue.providers.has(id) || watched().includes(id),
      keys: () => [...vendors.keys(), ...catalogue.providers.keys(), ...watched()],
    },
    get stack() {
      return current.stacks.facts.stacks
    },
  }
}
