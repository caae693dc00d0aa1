import type { Status } from '../../shared/domain/status.ts'

/** How a region is drawn: as a state or as announced, and hatched where that is stale. */
export type ShownState = { status: Status | 'announced'; stale: boolean }

/** A state's shape as an SVG path in a box of 16 by 16; a hollow one has a stroke of 2. */
export type GlyphShape = { path: string; hollow: boolean; dashed: boolean }

const filled = (path: string): GlyphShape => ({ path, hollow: false, dashed: false })
const hollow = (path: string): GlyphShape => ({ path, hollow: true, dashed: false })

/** The shapes of the states, distinct without colour, for SVG and canvas. */
export const glyphShapes: Readonly<Record<ShownState['status'], GlyphShape>> = {
  operational: filled('M4 8a4 4 0 1 0 8 0 4 4 0 1 0-8 0Z'),
  under_maintenance: hollow('M8 1.6 13.6 4.8v6.4L8 14.4 2.4 11.2V4.8Z'),
  degraded_performance: filled('M8 1.2 15.4 14.4H.6Z'),
  partial_outage: filled('M8 .4 15.6 8 8 15.6.4 8Z'),
  major_outage: filled('M5 .7h6L15.3 5v6L11 15.3H5L.7 11V5Z'),
  unknown: { path: 'M2.4 8a5.6 5.6 0 1 0 11.2 0 5.6 5.6 0 1 0-11.2 0Z', hollow: true, dashed: true },
  announced: hollow('M4.5 8h7'),
}

/** Dash and gap of dashed shapes: six fill the circle. */
export const DASHES = [3.4, 2.46] as const
