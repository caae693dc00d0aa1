import type { Step } from './step.ts'

/** A step that was applied: what a test may expect to have happened. */
export type Applied = Touched & {
  step: Step
  /** ms since the epoch */
  at: number
  /** 0 for the first telling of the story and for what came before it. */
  round: number
  /** The world's revision from which on it can be seen. */
  revision: number
}

export type Touched = {
  /** The id of the source that tells of it. */
  source: string
  /** Of the incident or the article; null for a fault. */
  title: string | null
  /** Its ids on the wire: an Azure guid, AWS ARNs (one a region), a Google or Statuspage id, an article's slug. */
  natives: string[]
}
