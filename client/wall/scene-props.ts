import type { RegionId } from '../../shared/domain/primitives.ts'
import type { WallLayout } from '../../shared/domain/wall-layout.ts'
import type { Staleness } from '../regions/region-words.ts'
import type { When } from '../ui/time.ts'
import type { WallContent, WallFacts } from './facts.ts'
import type { SceneBox } from './units.ts'

/** What every scene is given. `when` moves on every ten seconds. */
export type SceneProps = {
  box: SceneBox
  facts: WallFacts
  content: WallContent
  mine: ReadonlySet<RegionId>
  /** How often the scene has been on: another thing each time. */
  round: number
  stale: Staleness
  /** No source answers, or the picture is stale: what happens now is not known. */
  blind: boolean
  layout: WallLayout
  when: When
  /** ms since the epoch, told every second */
  now: number
  /** `GET` of an address of this server. */
  ask: (address: string) => Promise<Response>
}
