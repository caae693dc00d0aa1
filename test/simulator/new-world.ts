import { pages } from './pages.ts'
import { publications } from './publications.ts'
import type { World } from './world.ts'

/** A world in which nothing has happened yet. */
export const newWorld = (origin: string): World => ({
  origin,
  revision: 0,
  incidents: [],
  pages,
  feeds: publications(),
  faults: new Map(),
})
