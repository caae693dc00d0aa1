import type { WallLayout } from '../../shared/domain/wall-layout.ts'
import type { Box, SceneBox } from './units.ts'

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
