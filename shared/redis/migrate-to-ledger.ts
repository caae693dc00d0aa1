import { z } from 'zod'
import { type Incident, IncidentSummary, type RegionSpell } from '../domain/incident.ts'
import { keepNewest, type LedgerEntry, type LedgerState, stateOf, timeOfEntry } from '../domain/ledger.ts'
import { ascending } from '../domain/order.ts'
import { Instant } from '../domain/primitives.ts'
import { Impact, Stage } from '../domain/status.ts'
import { keys } from './keys.ts'
import { ledgerKeys, ledgerLua } from './ledger.ts'
import { parseRecord } from './records.ts'
import type { Migration } from './schema-version.ts'

const named = <K extends string>(kind: K) => z.object({ kind: z.literal(kind), names: z.array(z.string()) })

/** A change between two readings, as schema version 1 stored it. */
const Change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('status'), from: Stage, to: Stage }),
  z.object({ kind: z.literal('impact'), from: Impact, to: Impact }),
  named('regionsAdded'),
  named('regionsRemoved'),
  named('servicesAdded'),
  named('servicesRemoved'),
])
type Change = z.infer<typeof Change>

/** An incident as schema version 1 stored it: what the source said, and beside it the steps that we saw. */
const IncidentOf1 = IncidentSummary.extend({
  updates: z.array(z.object({ id: z.string(), at: Instant, status: Stage, text: z.string() })),
  steps: z
    .array(z.object({ at: Instant, update: z.string().nullable(), status: Stage, changes: z.array(Change) }))
    .default([]),
})
type IncidentOf1 = z.infer<typeof IncidentOf1>

/** An old incident → the record with its ledger, newest first. Version 1 had no clock of its own: `seenAt` is null. */
export function withLedger({ updates, steps, ...summary }: IncidentOf1): { incident: Incident; ledger: LedgerEntry[] } {
  const byUpdate = new Map(steps.map(step => [step.update ?? '', step.changes]))
  const ids = new Set(updates.map(({ id }) => id))
  const rows = [
    ...updates.map(update => ({
      ...update,
      update: update.id as string | null,
      changes: byUpdate.get(update.id) ?? [],
    })),
    ...steps
      .filter(({ update }) => update === null || !ids.has(update))
      .map(step => ({ ...step, update: null, text: '' })),
  ].sort(ascending('at'))
  if (rows.length === 0)
    rows.push({ at: summary.updatedAt, update: null, status: summary.status, text: '', changes: [] })

  let state = stateOf(summary)
  const newestFirst = rows.toReversed().map((row, index): LedgerEntry => {
    const { at, update, status, text, changes } = row
    const after = state
    state = changes.reduceRight(undo, state)
    const stated = index === rows.length - 1 ? after : changedFields(after, changes)
    return { n: rows.length - index, seenAt: null, saidAt: at, update, status, text, ...stated }
  })
  const incident = {
    ...summary,
    saidAt: summary.updatedAt,
    everRegions: spellsOf(summary, steps),
    entries: keepNewest(newestFirst, summary),
  }
  return { incident, ledger: newestFirst }
}

const stateField = {
  status: null,
  impact: 'impact',
  regionsAdded: 'regions',
  regionsRemoved: 'regions',
  servicesAdded: 'services',
  servicesRemoved: 'services',
} as const satisfies Record<Change['kind'], keyof LedgerState | null>

function changedFields(state: LedgerState, changes: readonly Change[]): Partial<LedgerState> {
  const fields = changes.flatMap(({ kind }) => stateField[kind] ?? [])
  return Object.fromEntries(fields.map(field => [field, state[field]]))
}

/** The state before a change. */
function undo(state: LedgerState, change: Change): LedgerState {
  const without = (all: readonly string[], names: readonly string[]) => all.filter(name => !names.includes(name))
  switch (change.kind) {
    case 'status':
      return state
    case 'impact':
      return { ...state, impact: change.from }
    case 'regionsAdded':
      return { ...state, regions: without(state.regions, change.names) }
    case 'regionsRemoved':
      return { ...state, regions: [...state.regions, ...change.names] }
    case 'servicesAdded':
      return { ...state, services: without(state.services, change.names) }
    case 'servicesRemoved':
      return { ...state, services: [...state.services, ...change.names].sort() }
  }
}

/** By the source's clock, the only one that version 1 knew. */
function spellsOf({ regions, startedAt }: IncidentSummary, steps: IncidentOf1['steps']): RegionSpell[] {
  const spells = new Map<string, RegionSpell>()
  for (const { at, changes } of steps)
    for (const change of changes) {
      if (change.kind !== 'regionsAdded' && change.kind !== 'regionsRemoved') continue
      for (const region of change.names) {
        const from = spells.get(region)?.from ?? (change.kind === 'regionsAdded' ? at : startedAt)
        spells.set(region, { region, from, to: change.kind === 'regionsRemoved' ? at : null })
      }
    }
  for (const region of regions) spells.set(region, { from: startedAt, ...spells.get(region), region, to: null })
  return [...spells.values()]
}

/**
 * writeLedgers.
 * KEYS  1 incidents, 2 to 9 `ledgerKeys`
 * ARGV  n × (incident id, json, k, k × (number, json, ms))
 */
const writeLua = `${ledgerLua}
local ledgers = ledgersIn(2)
local at = 1
while at <= #ARGV do
  local id = ARGV[at]
  redis.call('HSET', KEYS[1], id, ARGV[at + 1])
  local count = tonumber(ARGV[at + 2])
  at = at + 3
  for _ = 1, count do
    writeEntry(ledgers, id, ARGV[at], ARGV[at + 1], ARGV[at + 2])
    at = at + 3
  end
end
`

/**
 * Updates and steps become entries of ledgers. A record that is no incident of version 1 stays as it is. The stream
 * loses its events, which carry incidents of the old form, so that clients begin with a snapshot.
 */
export const toLedger: Migration = {
  to: 2,
  what: 'incidents get a ledger of their changes',
  async run({ redis, write }) {
    await write(`redis.call('XTRIM', KEYS[1], 'MAXLEN', 0)`, [keys.events], [])
    for await (const pairs of redis.hscanStream(keys.incidents, { count: 200 })) {
      const args: (string | number)[] = []
      // A scan gives fields and values by turns.
      for (let at = 1; at < pairs.length; at += 2) {
        const old = parseRecord(IncidentOf1, 'incident', pairs[at - 1], pairs[at], () => undefined)
        if (old === undefined) continue
        const { incident, ledger } = withLedger(old)
        args.push(incident.id, JSON.stringify(incident), ledger.length)
        for (const entry of ledger.toReversed())
          args.push(entry.n, JSON.stringify(entry), Date.parse(timeOfEntry(entry)))
      }
      if (args.length > 0) await write(writeLua, [keys.incidents, ...ledgerKeys], args)
    }
  },
}
