import { z } from 'zod'
import { type RegionId, WebUrl } from '../../shared/domain/primitives.ts'
import type { WireFormat } from '../../shared/domain/source.ts'
import { nearestWord } from '../../shared/yaml/yaml-file.ts'

/** HTTP statuses, both ends included. */
export type StatusRange = { from: number; to: number }

/** The default: an answer, or a redirect (which is not followed), means that the endpoint is reachable. */
const DEFAULT_STATUS_RANGE: StatusRange = { from: 200, to: 399 }

export const Expect = z.unknown().transform((value, context): StatusRange => {
  const [, from, to = from] = /^([1-5]\d\d)(?:-([1-5]\d\d))?$/.exec(String(value)) ?? []
  const range = { from: Number(from), to: Number(to) }
  if (!(range.from <= range.to)) context.addIssue('is no range of HTTP statuses: write it like 200-399 or 401')
  return range
})

/** The fields of a sources file's line that depend on its kind. */
type Row = { kind: WireFormat | 'probe'; url: string; region?: string | undefined; expect?: StatusRange | undefined }

export type KindFields = { kind: WireFormat } | { kind: 'probe'; region: RegionId; expect: StatusRange }

/** A field that does not fit its line's kind is an issue. @param regions those that probes may name; default: any */
export function kindFields(
  { kind, url, region, expect }: Row,
  regions: ReadonlySet<RegionId> | undefined,
  context: z.RefinementCtx,
): KindFields {
  const refuse = (key: string, message: string) => context.addIssue({ code: 'custom', path: [key], message })
  if (kind !== 'probe') {
    if (!WebUrl.safeParse(url).success) refuse('url', 'is not a web address: write it like https://status.example.com')
    if (region !== undefined) refuse('region', 'belongs to probes only: leave it out')
    if (expect !== undefined) refuse('expect', 'belongs to probes only: leave it out')
    return { kind }
  }
  if (region === undefined) refuse('region', 'is missing: write it like azure/westeurope')
  else if (regions && !regions.has(region))
    refuse('region', `is not a region of the catalogue: ${suggestion(region, regions)}`)
  if (expect !== undefined && !WebUrl.safeParse(url).success)
    refuse('expect', 'belongs to http and https only: leave it out')
  return { kind, region: region ?? '', expect: expect ?? DEFAULT_STATUS_RANGE }
}

export function suggestion(region: RegionId, regions: ReadonlySet<RegionId>): string {
  const meant = nearestWord(region, [...regions])
  return meant === null ? 'GET /api/regions lists them' : `did you mean '${meant}'?`
}
