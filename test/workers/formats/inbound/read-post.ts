import { readFile } from 'node:fs/promises'
import type { Result } from '../../../../shared/domain/primitives.ts'
import type { InboundFormat } from '../../../../shared/domain/source.ts'
import type { JsonMap } from '../../../../workers/config/inbound-config.ts'
import { inboundReaders } from '../../../../workers/formats/inbound/registry.ts'
import { ReadIncident, type Reading } from '../../../../workers/formats/reader.ts'
import { resolveServices } from '../../../../workers/poll/resolve-services.ts'
import { NOON } from '../../../support/builders.ts'
import { matchServices, places } from '../reading.ts'

/** A documented post, as text. */
export const post = (name: string): Promise<string> =>
  readFile(new URL(`../../../fixtures/inbound/${name}.json`, import.meta.url), 'utf8')

type Given = { provider?: string; map?: JsonMap; now?: number }

/** Reads a post as a worker does that got it at noon. */
export const readPost = (
  format: InboundFormat,
  body: unknown,
  { now = NOON, ...given }: Given = {},
): Result<Reading> => {
  const told = inboundReaders[format].read(body, { source: { id: 'own', provider: 'azure', ...given }, places, now })
  return told.ok ? { ok: true, value: resolveServices(told.value, matchServices) } : told
}

/** The incidents of a documented post; each satisfies its schema. */
export async function incidentsIn(format: InboundFormat, name: string, given?: Given): Promise<ReadIncident[]> {
  const told = readPost(format, JSON.parse(await post(name)), given)
  if (!told.ok) throw new Error(told.error)
  for (const incident of told.value.incidents) ReadIncident.parse(incident)
  return told.value.incidents
}
