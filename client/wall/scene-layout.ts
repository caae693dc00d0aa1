import type { WallLayout } from '../../shared/domain/wall-layout.ts'

/** Heights of the rows around a scene and its margin, in units of the smallest text. The parts' CSS repeats them. */
const HEAD_ROW = 2.6
const STRIP_ROW = 2.8
const PROBLEM_ROW = 1.8
export const TICKER_ROW = 2.2
export const MARGIN = 0.9

/** px */
export type Box = { width: number; height: number }
/** The box of a scene, and the size of the smallest text: its unit of layout. px */
export type SceneBox = Box & { unit: number }

/**
 * The layout of a wall on one of its screens. Its scene spans all screens of a video wall.
 * @param strips the number of strips between head and scene
 * @param hasProblem whether the settings or the distance are at fault, beside `isTooFar`
 */
export function layOutWall(
  screen: Box,
  layout: WallLayout,
  { strips, hasProblem }: { strips: number; hasProblem: boolean },
) {
  const wall = wallBox(screen, layout)
  const unit = smallestText(screen, layout)
  const tooFar = isTooFar(screen, layout)
  const showsProblems = hasProblem || tooFar
  return {
    wall,
    /** The position of the wall's box relative to this screen, px. */
    offset: { x: -layout.at.col * screen.width, y: -layout.at.row * screen.height },
    unit,
    scene: sceneBox(wall, unit, STRIP_ROW * strips + PROBLEM_ROW * Number(showsProblems)),
    tickerSpeed: tickerSpeed(screen, layout.ticker),
    isTooFar: tooFar,
    showsProblems,
    /** Each screen of the lowest row has a ticker of its own. */
    hasTicker: layout.at.row === layout.wall.rows - 1,
  }
}

/** All screens of a video wall together, px. */
export const wallBox = ({ width, height }: Box, { wall }: Pick<WallLayout, 'wall'>): Box => ({
  width: width * wall.cols,
  height: height * wall.rows,
})

/** The box of a scene. `unit` in px; `between`: height of the rows between head and scene, in units. */
export function sceneBox(wall: Box, unit: number, between: number): SceneBox {
  const around = (HEAD_ROW + between + TICKER_ROW + MARGIN) * unit
  return {
    unit,
    width: Math.floor(wall.width - 2 * MARGIN * unit),
    height: Math.floor(Math.max(unit, wall.height - around)),
  }
}

/** Text of a 200th of the distance is read without effort. */
const DISTANCE_PER_TEXT = 200
/** Text sizes are multiples of this, so that hairlines and rows fall on pixels. */
const TEXT_STEP_PX = 4
/** The smallest screen that fits a scene, in units of its smallest text. */
const MIN_UNITS = { width: 16, height: 15 }

/**
 * The size of the smallest text on a screen, px: the distance in mm ÷ 200 ÷ the height of a pixel in mm, limited to
 * what a scene needs to fit. For 8 m and a 55-inch screen of 1080 lines: 64.
 */
export function smallestText(screen: Box, layout: Pick<WallLayout, 'distance' | 'screen'>): number {
  const wanted = layout.distance / DISTANCE_PER_TEXT / pixelMm(screen, layout)
  return Math.max(TEXT_STEP_PX, Math.min(Math.ceil(wanted / TEXT_STEP_PX) * TEXT_STEP_PX, largestText(screen)))
}

/** Whether the text is smaller than the distance asks for, because the screen has no room for larger text. */
export const isTooFar = (screen: Box, layout: Pick<WallLayout, 'distance' | 'screen'>): boolean =>
  layout.distance / DISTANCE_PER_TEXT / pixelMm(screen, layout) > largestText(screen)

const pixelMm = ({ width, height }: Box, { screen }: Pick<WallLayout, 'screen'>): number =>
  screen / Math.max(1, Math.hypot(width, height))

const largestText = ({ width, height }: Box): number => Math.min(width / MIN_UNITS.width, height / MIN_UNITS.height)

/** px/s. The setting is for 1080 lines. */
export const tickerSpeed = ({ width, height }: Box, ticker: number): number => (ticker * Math.min(width, height)) / 1080

export type Grid = { columns: number; rows: number; cell: Box }

/** The most items in a scene: people do not count further at a glance. */
export const MAX_ITEMS = 7

/** How many items of at least this size (px) fit, from one to `most`. */
export function roomFor(box: Box, least: Box, most: number = MAX_ITEMS): number {
  const columns = Math.max(1, Math.floor(box.width / least.width))
  const rows = Math.max(1, Math.floor(box.height / least.height))
  return Math.min(most, columns * rows)
}

/** The grid with the largest cells for so many items. `aspect`: width of an item by its height. */
export function fitGrid(count: number, box: Box, least: Box, aspect: number): Grid {
  let best: Grid & { size: number } = { columns: 1, rows: count, cell: box, size: Number.NEGATIVE_INFINITY }
  for (let columns = 1; columns <= Math.max(1, count); columns++) {
    const rows = Math.max(1, Math.ceil(count / columns))
    const cell = { width: box.width / columns, height: box.height / rows }
    // a cell too small for its text is worse than any other
    const penalty = cell.width < least.width || cell.height < least.height ? 1e6 : 0
    const size = Math.min(cell.width / aspect, cell.height) - penalty
    if (size > best.size) best = { columns, rows, cell, size }
  }
  const { columns, rows, cell } = best
  return { columns, rows, cell }
}

/** How many tiles stand in each row, so that all rows are full. The first rows have fewer and so larger ones. */
export function fitTiles(count: number, box: Box, least: Box, aspect: number): number[] {
  const { rows } = fitGrid(count, box, least, aspect)
  const [few, larger] = [Math.floor(count / rows), count % rows]
  return Array.from({ length: rows }, (_, row) => few + Number(row >= rows - larger))
}

/** The first items that fit in `room` cells, and the rest, whose count takes a cell of its own. */
export function fitCells<T>(items: readonly T[], room: number): { shown: readonly T[]; left: readonly T[] } {
  if (items.length <= room) return { shown: items, left: [] }
  const shown = Math.max(0, room - 1)
  return { shown: items.slice(0, shown), left: items.slice(shown) }
}

/** The first items that fit as rows, at most seven, and how many are left, whose count takes a line of `more` px. */
export function fitRows<T>(
  items: readonly T[],
  { height }: Pick<Box, 'height'>,
  least: number,
  more: number,
): { shown: readonly T[]; left: number } {
  const room = (free: number) => Math.max(1, Math.min(MAX_ITEMS, Math.floor(free / least)))
  const shown = items.slice(0, items.length <= room(height) ? items.length : room(height - more))
  return { shown, left: items.length - shown.length }
}
