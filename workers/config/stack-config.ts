import { z } from 'zod'
import { didYouMean, nearest } from '../../shared/domain/nearest.ts'
import { fail, ok, type Result, Slug } from '../../shared/domain/primitives.ts'
import { MAX_STACKS, MAX_USES, parseUse, type Stack, Use } from '../../shared/domain/stack.ts'
import { vendorNamed } from '../../shared/vendors/find-vendors.ts'
import { inWords } from '../../shared/yaml/yaml-file.ts'
import type { Known } from './known-names.ts'
import { meantFor } from './named-source.ts'

/** A stack of a file, and the lines (from 1) of itself and of each of its uses. */
export type PlacedStack = { stack: Stack; line: number; useLines: readonly number[] }

const Words = z.union([z.string().transform(word => [word]), z.array(z.string())])
const VendorUse = z.strictObject({
  vendor: z.string(),
  site: Words.default([]),
  sites: Words.default([]),
  parts: Words.default([]),
})
const PartsUse = z
  .record(z.string(), Words)
  .refine(parts => Object.keys(parts).length === 1)
  .transform(parts => ({ vendor: Object.keys(parts)[0] ?? '', sites: [], parts: Object.values(parts).flat() }))

/**
 * A line of `uses:` in any of its forms: `aws/lambda@eu-west-1`, `github: [Actions, Packages]`,
 * `{ vendor: datadog, site: us1 }`. It names what is known; sources and other stacks may stand in further files.
 */
export const useIn = (known: Known) =>
  z.unknown().transform((line, context): Use => {
    const { at, use } = written(line, known)
    const problem = use.ok ? problemOf(use.value, known) : (asWritten(line, known) ?? use.error)
    if (problem !== null) context.addIssue({ code: 'custom', path: at, message: problem })
    return use.ok ? use.value : z.NEVER
  })

/** 'did you mean', for a use with capitals, blanks or underscores; null for what is none in small letters either. */
function asWritten(line: unknown, known: Known): string | null {
  if (typeof line !== 'string' || line.length > 200) return null
  const small = line.toLowerCase().replace(/\s+/g, '').replaceAll('_', '-')
  const use = parseUse(small, known.regions ?? new Map())
  if (use.ok && problemOf(use.value, known) === null) return `is not a use: did you mean ${small}?`
  const vendor = vendorNamed(known.vendors.values(), line)
  return vendor === null ? null : `is not a use: did you mean ${vendor.id}?`
}

const forms = 'write it like aws/lambda@eu-west-1, stripe, github: [Actions] or { vendor: datadog, site: us1 }'

/** The use that a line writes, and the key that names it. */
function written(line: unknown, { regions }: Known): { at: string[]; use: Result<Use> } {
  if (typeof line === 'string') return { at: [], use: parseUse(line, regions ?? new Map()) }
  const parts = PartsUse.safeParse(line).data
  const vendor = VendorUse.safeParse(line).data
  if (vendor !== undefined) {
    const { site, sites, ...named } = vendor
    return { at: ['vendor'], use: vendorUse({ ...named, sites: [...site, ...sites] }) }
  }
  return parts === undefined
    ? { at: [], use: fail(`is not a use: ${forms}`) }
    : { at: [parts.vendor], use: vendorUse(parts) }
}

function vendorUse(named: { vendor: string; sites: string[]; parts: string[] }): Result<Use> {
  const use = Use.safeParse({ kind: 'vendor', ...named })
  return use.success ? ok(use.data) : fail(`is not a use: ${forms}`)
}

/** Why a well-formed use names what is not there; null where all of it is. */
function problemOf(use: Use, { regions, vendors, services }: Known): string | null {
  if (use.kind === 'vendor') {
    const vendor = vendors.get(use.vendor)
    if (vendor === undefined) {
      const named = [...(regions?.keys() ?? []), ...(services?.keys() ?? [])].filter(id =>
        id.endsWith(`/${use.vendor}`),
      )
      const meant =
        named.length === 0 ? meantFor(use.vendor, vendors) : `did you mean ${named.slice(0, 4).join(' or ')}?`
      return `is not a vendor: ${meant}`
    }
    const unknown = use.sites.find(site => !vendor.sites.includes(site))
    if (unknown === undefined) return null
    if (vendor.sites.length === 0) return `names the site '${unknown}', but ${use.vendor} has none: leave it out`
    const listed = `: npm run vendors -- find ${use.vendor} lists them`
    return `names the site '${unknown}', which ${use.vendor} does not have${didYouMean(unknown, vendor.sites) || listed}`
  }
  if (use.kind !== 'service') return null
  const [owner = '', name = ''] = use.service.split('/')
  if (services?.has(use.service)) return null
  const ids = [...(regions?.keys() ?? []), ...(services?.keys() ?? [])]
  const names = ids.filter(id => id.startsWith(`${owner}/`)).map(id => id.slice(owner.length + 1))
  if (names.length > 0) {
    const near = nearest(name, names)
    if (near === null && services === undefined) return null
    const mend = near === null ? 'GET /api/regions and /api/services list them' : `did you mean ${owner}/${near}?`
    return `is neither a region nor a service of ${owner}: ${mend}`
  }
  if (vendors.has(owner)) return `is no service: write ${owner}, or ${owner}: [${name}] for a part of it`
  return `is neither a region nor a service${didYouMean(use.service, ids) || `: '${owner}' is no cloud with regions`}`
}

const Name = inWords(z.string().trim().min(1).max(80), 'is not a name: use up to 80 characters')
const Id = inWords(Slug, 'is not an id: use up to 64 of a-z, 0-9 and inner hyphens')

/** The fields of a line of `stacks:`. */
export const stackFields = (known: Known) => ({
  id: Id,
  name: Name.optional(),
  uses: z.array(useIn(known)).max(MAX_USES),
})

/**
 * What no single file can tell of the stacks of all files: ids that are taken, uses of sources and stacks that are not
 * there, and circles. One line each.
 * @param kinds the kind of every source by its id
 * @param own stacks that stand in no list: that of `mine:`
 */
export function stackProblems(
  files: readonly { name: string; stacks: readonly PlacedStack[] }[],
  kinds: ReadonlyMap<string, string>,
  own: readonly Stack[],
): string[] {
  const placed = files.flatMap(({ name, stacks }) =>
    stacks.map(({ line, ...one }) => ({ ...one, file: name, at: `${name} line ${line}` })),
  )
  const byId = new Map(own.map(stack => [stack.id, { stack, at: `'${stack.id}:'` }]))
  const problems: string[] = []
  if (placed.length > MAX_STACKS) problems.push(`there are ${placed.length} stacks: use at most ${MAX_STACKS}`)
  for (const one of placed) {
    const taken = byId.get(one.stack.id)
    if (taken === undefined) byId.set(one.stack.id, one)
    else
      problems.push(
        `${one.at}: 'id: ${one.stack.id}' is taken already at ${taken.at}: give every stack an id of its own`,
      )
  }
  for (const { stack, file, useLines } of placed)
    for (const [at, use] of stack.uses.entries()) {
      const problem = elsewhereProblem(stack, use, byId, kinds)
      if (problem !== null) problems.push(`${file} line ${useLines[at]}: ${problem}`)
    }
  return problems
}

function elsewhereProblem(
  stack: Stack,
  use: Use,
  stacks: ReadonlyMap<string, { stack: Stack }>,
  kinds: ReadonlyMap<string, string>,
): string | null {
  switch (use.kind) {
    case 'source':
    case 'probe': {
      const kind = kinds.get(use.source)
      const written = `'${use.kind}/${use.source}'`
      if (use.kind === 'probe' && kind !== undefined && kind !== 'probe')
        return `${written} is not a probe: write source/${use.source}`
      const isOf = ([, one]: readonly [string, string]) => use.kind === 'source' || one === 'probe'
      const ids = [...kinds].filter(isOf).map(([id]) => `${use.kind}/${id}`)
      const near = didYouMean(`${use.kind}/${use.source}`, ids)
      return kind === undefined ? `${written} is not among the sources${near || `: add it, or leave it out`}` : null
    }
    case 'stack': {
      const written = `'stack/${use.stack}'`
      if (!stacks.has(use.stack)) {
        const near = didYouMean(
          `stack/${use.stack}`,
          [...stacks.keys()].map(id => `stack/${id}`),
        )
        return `${written} is not among the stacks${near || ': add it, or leave it out'}`
      }
      return leadsTo(use.stack, stack.id, stacks)
        ? `${written} leads back to ${stack.id}: leave out one use of the circle`
        : null
    }
    default:
      return null
  }
}

function leadsTo(
  from: string,
  to: string,
  stacks: ReadonlyMap<string, { stack: Stack }>,
  seen: Set<string> = new Set(),
): boolean {
  if (from === to) return true
  if (seen.has(from)) return false
  seen.add(from)
  return (stacks.get(from)?.stack.uses ?? []).some(use => use.kind === 'stack' && leadsTo(use.stack, to, stacks, seen))
}
