import type { Status } from '../../shared/domain/status.ts'

/**
 * How many tiles are shown of a stack, the worst first: one row, and further ones as long as there is trouble to fill
 * them. Where some stay hidden, the last place tells of them. @param rows the most
 */
export function tilesShown(tiles: readonly { status: Status }[], columns: number, rows: number): number {
  const wrong = tiles.filter(({ status }) => status !== 'operational').length
  const wanted = Math.min(rows, Math.max(1, Math.ceil((wrong + 1) / columns)))
  const places = columns * wanted
  return tiles.length <= places ? tiles.length : Math.max(1, places - 1)
}
