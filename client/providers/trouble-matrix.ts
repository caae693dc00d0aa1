import { ascending, descending, firstOf } from '../../shared/domain/order.ts'
import type { RegionId } from '../../shared/domain/primitives.ts'
import type { RegionService, RegionStatus } from '../../shared/domain/region.ts'
import type { ServiceId } from '../../shared/domain/service.ts'
import { type Component, type Status, severity } from '../../shared/domain/status.ts'
import { foldAccents } from '../../shared/domain/text.ts'
import type { ServiceTrouble } from '../stacks/service-concern.ts'
import type { Concern } from '../stacks/standpoint.ts'

export type TroubleCell = { status: Status; zones: readonly string[]; concern: Concern }

/** A service in trouble, and how it is in each of the matrix' regions; null where nothing is said of it. */
export type TroubleRow = {
  key: string
  /** As its provider calls it; null for regions as a whole. */
  service: string | null
  id: ServiceId | null
  cells: readonly (TroubleCell | null)[]
}

/** A provider's services in trouble against its regions in trouble. */
export type TroubleMatrix = {
  regions: readonly RegionId[]
  rows: readonly TroubleRow[]
  /** Services in trouble beyond those that the statuses of regions list. */
  unlisted: number
}

/** Of a service, or of a region as a whole. */
type Trouble = Omit<RegionService, 'service'> & { service: string | null }

/**
 * What certainly or likely concerns comes first, then the worst, then what is widespread. Pure.
 * @param isOwnOnly whether all else is left out
 */
export function troubleMatrix(
  statuses: Iterable<RegionStatus>,
  concernOf: (trouble: ServiceTrouble) => Concern,
  isOwnOnly = false,
): TroubleMatrix {
  const rows = new Map<string, Omit<TroubleRow, 'cells'> & { cells: Map<RegionId, TroubleCell> }>()
  const columns = new Map<RegionId, TroubleCell[]>()
  let unlisted = 0
  for (const { region, services, serviceCount, whole } of statuses) {
    unlisted += Math.max(0, serviceCount - services.length)
    const all = whole === null ? [] : [{ service: null, status: whole }]
    const troubles: readonly Trouble[] = [...all, ...services]
    for (const trouble of troubles.filter(({ status }) => severity[status] > 0)) {
      const { service, status, id = null, zones = [] } = trouble
      const cell = { status, zones, concern: concernOf({ region, service, id, zones }) }
      if (isOwnOnly && cell.concern !== 'concerns') continue
      const key = id ?? (service === null ? '' : foldAccents(service))
      const row = rows.get(key) ?? { key, service, id, cells: new Map() }
      row.cells.set(region, cell)
      rows.set(key, row)
      columns.set(region, [...(columns.get(region) ?? []), cell])
    }
  }
  const byColumn = firstOf<[RegionId, TroubleCell[]]>(
    ascendingUrgency(([, cells]) => cells),
    ascending(([id]: [RegionId, TroubleCell[]]) => id),
  )
  const regions = [...columns].sort(byColumn).map(([id]) => id)
  const byUrgency = firstOf<{ service: string | null; cells: ReadonlyMap<RegionId, TroubleCell> }>(
    ascending(({ service }) => (service === null ? 0 : 1)),
    ascendingUrgency(({ cells }) => [...cells.values()]),
    ascending(({ service }) => foldAccents(service ?? '')),
  )
  return {
    regions,
    rows: [...rows.values()]
      .sort(byUrgency)
      .map(({ cells, ...row }) => ({ ...row, cells: regions.map(region => cells.get(region) ?? null) })),
    unlisted,
  }
}

/** Parts of a provider's page that are in no region and not well, the worst first. */
export const unplacedTroubles = (components: Iterable<Component>): Component[] =>
  [...components]
    .filter(({ regions, status }) => regions.length === 0 && severity[status] > 0)
    .sort(
      firstOf(
        descending(({ status }) => severity[status]),
        ascending(({ name }) => name),
      ),
    )

const ascendingUrgency = <T>(cellsOf: (of: T) => readonly TroubleCell[]) =>
  firstOf<T>(
    ascending(of => (cellsOf(of).some(({ concern }) => concern === 'concerns') ? 0 : 1)),
    descending(of => Math.max(...cellsOf(of).map(({ status }) => severity[status]))),
    descending(of => cellsOf(of).length),
  )
