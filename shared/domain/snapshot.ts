import { z } from 'zod'
import { Article } from './article.ts'
import { Component } from './component.ts'
import { Incident } from './incident.ts'
import { Notice } from './notice.ts'
import { Instant, RegionId } from './primitives.ts'
import { Provider, Region, RegionStatus } from './region.ts'
import { Source } from './source.ts'

/** All current state, and `head`: the event id from which to go on. */
export const Snapshot = z.object({
  build: z.string(),
  head: z.string(),
  at: Instant,
  /** True where simulated providers feed the store; every page says so. */
  simulated: z.boolean(),
  workersAt: Instant.nullable(),
  /** The regions that matter to this office, as configured. */
  mine: z.array(RegionId),
  providers: z.array(Provider),
  regions: z.array(Region),
  statuses: z.array(RegionStatus),
  /** Active and scheduled ones, and those that ended lately. */
  incidents: z.array(Incident),
  /** Only those that are not operational. */
  components: z.array(Component),
  /** The newest, newest first. */
  articles: z.array(Article),
  sources: z.array(Source),
  notices: z.array(Notice),
})
export type Snapshot = z.infer<typeof Snapshot>
