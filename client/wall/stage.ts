import type { WallLayout } from '../../shared/domain/wall-layout.ts'
import type { Box } from './units.ts'

/** Heights of the rows around a scene, in the smallest text. The styles of the parts say the same. */
export const HEAD = 2.6
export const STRIP = 2.8
export const TICKER = 2.2
/** What is left free around a scene. */
export const MARGIN = 0.9

/** All screens of a wall together, px: what a scene spans. */
export const stageOf = ({ width, height }: Box, { wall }: Pick<WallLayout, 'wall'>): Box => ({
  width: width * wall.cols,
  height: height * wall.rows,
})

/** The box of a scene under the head and so many strips, and above the ticker. `unit` in px. */
export function rowsOf(stage: Box, unit: number, strips: number): { scene: Box } {
  const around = (HEAD + STRIP * strips + TICKER + MARGIN) * unit
  return {
    scene: {
      width: Math.floor(stage.width - 2 * MARGIN * unit),
      height: Math.floor(Math.max(unit, stage.height - around)),
    },
  }
}
