import type { RegionId } from '../../shared/domain/primitives.ts'
import type { Region } from '../../shared/domain/region.ts'
import type { Coordinates } from '../globe/place.ts'
import type { Box } from './scene-layout.ts'

/** Of so many continents a stack is everywhere: the map shows the world. */
const MANY_CONTINENTS = 4
/** A map loses more of its width than this share of its height allows: the globe shows it better. */
const MAX_CROP = 1.6

type Regions = ReadonlyMap<RegionId, Pick<Region, 'lat' | 'lon' | 'continent'>>

/**
 * The places that a wall's map must show: every region on the continents of the stack, so that its neighbours are seen
 * too; without a stack, or with one that is everywhere, every region. Pure.
 */
export function mapBounds(regions: Regions, mine: ReadonlySet<RegionId>): Coordinates[] {
  const own = new Set([...mine].flatMap(id => regions.get(id)?.continent ?? []))
  const all = [...regions.values()]
  const shown = own.size === 0 || own.size >= MANY_CONTINENTS ? all : all.filter(({ continent }) => own.has(continent))
  return shown.map(({ lat, lon }) => ({ lat, lon }))
}

/** Whether a box has room for these places on a map; a box that is too narrow shows the globe. */
export function showsMap(bounds: readonly Coordinates[], { width, height }: Box): boolean {
  if (bounds.length === 0) return width > height
  const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values)
  const middle = bounds.reduce((sum, { lat }) => sum + lat, 0) / bounds.length
  const across = spread(bounds.map(({ lon }) => lon)) * Math.cos((middle * Math.PI) / 180)
  const down = spread(bounds.map(({ lat }) => lat))
  return across / Math.max(1, down) < (width / height) * MAX_CROP
}
