import type { WallLayout } from '../../shared/domain/wall-layout.ts'

/** Heights of the rows around a scene, in the smallest text. The styles of the parts say the same. */
export const HEAD = 2.6
export const STRIP = 2.8
export const PROBLEM = 1.8
export const TICKER = 2.2
/** What is left free around a scene. */
export const MARGIN = 0.9

/** All screens of a wall together, px: what a scene spans. */
export const stageOf = ({ width, height }: Box, { wall }: Pick<WallLayout, 'wall'>): Box => ({
  width: width * wall.cols,
  height: height * wall.rows,
})

/** The box of a scene under the head and what stands between, and above the ticker. `unit` in px, `between` in units. */
export function sceneBox(stage: Box, unit: number, between: number): SceneBox {
  const around = (HEAD + between + TICKER + MARGIN) * unit
  return {
    unit,
    width: Math.floor(stage.width - 2 * MARGIN * unit),
    height: Math.floor(Math.max(unit, stage.height - around)),
  }
}

/** px */
export type Box = { width: number; height: number }
/** What a scene is laid out in: its box, and the size of the smallest text, px. */
export type SceneBox = Box & { unit: number }

/** Letters as high as the 200th part of the distance are read without effort. */
const DISTANCE_PER_TEXT = 200
/** Sizes are whole fours, so that hairlines and rows fall on pixels. */
const GRID = 4
/** A wall is at least so many of its smallest letters wide and high; from further away it cannot be read. */
const [LEAST_WIDTH, LEAST_HEIGHT] = [16, 15]

/**
 * The size of the smallest text, px, on a screen of this size in px: its distance in mm ÷ 200 ÷ the height of one px in mm, and
 * at most what a scene needs to be laid out at all. Of 8 m and a 55-inch screen of 1080 lines: 64.
 */
export function smallestText(screen: Box, layout: Pick<WallLayout, 'distance' | 'screen'>): number {
  const wanted = layout.distance / DISTANCE_PER_TEXT / pixelMm(screen, layout)
  return Math.max(GRID, Math.min(Math.ceil(wanted / GRID) * GRID, mostText(screen)))
}

/** Whether the text is smaller than the distance asks for, since the screen has no room for larger. */
export const isTooFar = (screen: Box, layout: Pick<WallLayout, 'distance' | 'screen'>): boolean =>
  layout.distance / DISTANCE_PER_TEXT / pixelMm(screen, layout) > mostText(screen)

const pixelMm = ({ width, height }: Box, { screen }: Pick<WallLayout, 'screen'>): number =>
  screen / Math.max(1, Math.hypot(width, height))

const mostText = ({ width, height }: Box): number => Math.min(width / LEAST_WIDTH, height / LEAST_HEIGHT)

/** px a second of the ticker: the setting is for 1080 lines. */
export const tickerSpeed = ({ width, height }: Box, ticker: number): number => (ticker * Math.min(width, height)) / 1080
