import { ascending, descending, firstOf, groupBy } from '../../shared/domain/order.ts'
import { partName, partStrength } from '../../shared/domain/part-names.ts'
import { sourceOf } from '../../shared/domain/primitives.ts'
import { isSilent, type Source } from '../../shared/domain/source.ts'
import type { SimpleUse } from '../../shared/domain/stack.ts'
import { type Component, type Status, severity, worst } from '../../shared/domain/status.ts'
import { foldAccents } from '../../shared/domain/text.ts'

export type Part = {
  id: string
  name: string
  status: Status
  /** Whether the stack names it. A stack that uses all of the vendor names none. */
  isOwn: boolean
}

/** The parts under one heading of a status page; `name` is null for those under none. */
export type PartGroup = { name: string | null; status: Status; parts: readonly Part[]; hasOwn: boolean }

export type PartsInput = {
  provider: string
  /** As they were when the page asked. */
  asked: readonly Component[]
  /** What the page knows since. */
  live: ReadonlyMap<string, Component>
  sources: ReadonlyMap<string, Source>
  uses: readonly SimpleUse[]
}

/**
 * A vendor's parts by group, and by page where it has several: the worst group first, in it the worst part. Those of a
 * silent source are unknown.
 */
export function partGroups({ provider, asked, live, sources, uses }: PartsInput, now: number): PartGroup[] {
  const own = uses.flatMap(use => (use.kind === 'vendor' && use.vendor === provider ? use.parts : []))
  const known = new Map(asked.map(component => [component.id, component]))
  for (const component of live.values()) if (component.provider === provider) known.set(component.id, component)
  const isHeard = (id: string): boolean => {
    const source = sources.get(sourceOf(id))
    return source !== undefined && !isSilent(source, now)
  }
  const pages = new Set([...known.keys()].map(sourceOf))
  const headingOf = ({ id, group = '' }: Component): string => {
    const page = pages.size > 1 ? (sources.get(sourceOf(id))?.name ?? '') : ''
    return [page, group].filter(Boolean).join(' / ')
  }
  const groups = groupBy(known.values(), headingOf)
  return [...groups]
    .map(([name, components]): PartGroup => {
      const parts = components.map(
        (component): Part => ({
          id: component.id,
          name: component.name,
          status: isHeard(component.id) ? component.status : 'unknown',
          isOwn: own.some(part => partStrength(part, partName(component)) !== null),
        }),
      )
      return {
        name: name === '' ? null : name,
        status: groupStatus(parts.map(({ status }) => status)),
        parts: parts.sort(worstPartFirst),
        hasOwn: parts.some(({ isOwn }) => isOwn),
      }
    })
    .sort(worstGroupFirst)
}

/** A group without known trouble, and with a part that nobody knows of, is not known to be well. */
const groupStatus = (statuses: readonly Status[]): Status =>
  severity[worst(statuses)] <= 0 && statuses.includes('unknown') ? 'unknown' : worst(statuses)

const urgency = (status: Status): number => Math.abs(severity[status])

const worstPartFirst = firstOf<Part>(
  descending(({ status }) => urgency(status)),
  ascending(({ isOwn }) => (isOwn ? 0 : 1)),
  ascending(({ name }) => foldAccents(name)),
)

const worstGroupFirst = firstOf<PartGroup>(
  descending(({ status }) => urgency(status)),
  ascending(({ hasOwn }) => (hasOwn ? 0 : 1)),
  ascending(({ name }) => (name === null ? 0 : 1)),
  ascending(({ name }) => foldAccents(name ?? '')),
)
