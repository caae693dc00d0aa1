import type { Context } from 'koa'
import { z } from 'zod'
import { RecordRow, rowsOf } from '../../shared/domain/evidence.ts'
import { OfficeEntry } from '../../shared/domain/handling.ts'
import type { Incident } from '../../shared/domain/incident.ts'
import { RecordId } from '../../shared/domain/primitives.ts'
import { readFragment, readOrigins } from '../../shared/redis/evidence.ts'
import { ledgerField, readLedger } from '../../shared/redis/ledger.ts'
import { route } from '../http/route.ts'
import { findHandling, findIncident, type IncidentDeps } from './incidents.ts'
import { stateRoute } from './kinds.ts'

type Of = { ctx: Context; params: Readonly<Record<'source' | 'id', string>> }

export const getLedger = stateRoute({
  path: '/api/incidents/:source/:id/ledger',
  summary: 'The ledger of an incident, newest first: all entries that are kept.',
  details:
    'With both clocks, the lag between them in seconds, and where the source said it. `office`: what this office did about it, and its notes.',
  answer: { incident: RecordId, entries: z.array(RecordRow), office: z.array(OfficeEntry) },
  faults: [404, 503],
  async handle(of: Of, deps: IncidentDeps) {
    const incident = await findIncident(of, deps)
    const office = (await findHandling(incident, deps))?.entries ?? []
    return { incident: incident.id, entries: await rowsIn(incident, deps), office }
  },
})

export const getLedgerTable = route({
  method: 'get',
  path: '/api/incidents/:source/:id/ledger.csv',
  summary: 'The same as a table.',
  query: {},
  answers: { 200: 'text/csv' },
  faults: [404, 503],
  access: 'view',
  async handle(of: Of, deps: IncidentDeps) {
    const incident = await findIncident(of, deps)
    of.ctx.attachment(`${incident.id.replace('/', '-')}.csv`)
    of.ctx.type = 'text/csv'
    return tableOf(await rowsIn(incident, deps))
  },
})

export const getFragment = route({
  method: 'get',
  path: '/api/incidents/:source/:id/ledger/:n',
  summary: 'An entry as the source said it.',
  details: 'The JSON or XML that entry `n` was read from, at most 16 KB, without secrets.',
  query: {},
  answers: { 200: 'text/plain' },
  faults: [404, 503],
  access: 'view',
  async handle({ ctx, params }: Of & { params: { n: string } }, deps: IncidentDeps) {
    const incident = await findIncident({ ctx, params }, deps)
    const n = /^[1-9]\d{0,8}$/.test(params.n) ? Number(params.n) : 0
    const fragment = await readFragment(deps.redis, ledgerField(incident.id, n))
    return fragment ?? ctx.throw(404, 'what the source said of this entry is not kept, or not any more')
  },
})

async function rowsIn(incident: Incident, { redis, onInvalid }: IncidentDeps): Promise<RecordRow[]> {
  const entries = await readLedger(redis, incident, onInvalid)
  const origins = await readOrigins(
    redis,
    entries.map(({ n }) => ledgerField(incident.id, n)),
    onInvalid,
  )
  return rowsOf(incident, entries, ({ n }) => origins.get(ledgerField(incident.id, n)) ?? null)
}

/** The columns of the table. */
const columns: Readonly<Record<string, (row: RecordRow) => string | number | null>> = {
  n: row => row.n,
  seen_at: row => row.seenAt,
  said_at: row => row.saidAt,
  lag_s: row => row.lagS,
  status: row => row.status,
  impact: row => row.impact,
  scope: row => row.scope,
  title: row => row.title,
  regions: row => row.regions.join('; '),
  services: row => row.services.join('; '),
  scheduled_for: row => row.scheduledFor,
  scheduled_until: row => row.scheduledUntil,
  text: row => row.text,
  is_rewrite: row => (row.isRewrite ? 'yes' : ''),
  evidence_sha256: row => row.evidence ?? null,
  source_url: row => row.origin?.url ?? null,
  source_date: row => row.origin?.date ?? null,
  source_etag: row => row.origin?.etag ?? null,
  source_last_modified: row => row.origin?.lastModified ?? null,
}

/** @see https://www.rfc-editor.org/rfc/rfc4180 */
const tableOf = (rows: readonly RecordRow[]): string =>
  [Object.keys(columns), ...rows.map(row => Object.values(columns).map(column => column(row)))]
    .map(cells => `${cells.map(cellOf).join(',')}\r\n`)
    .join('')

/**
 * A cell. A text that a spreadsheet would take for a formula begins with an apostrophe, which shows it as text.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
function cellOf(value: string | number | null): string {
  if (typeof value !== 'string') return String(value ?? '')
  const text = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
