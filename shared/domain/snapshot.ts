import { z } from 'zod'
import { Article } from './article.ts'
import { Component } from './component.ts'
import { Incident } from './incident.ts'
import { Notice, Office } from './notice.ts'
import { Instant } from './primitives.ts'
import { Probe } from './probe.ts'
import { Provider, Region, RegionStatus } from './region.ts'
import { Source } from './source.ts'

/** All current state, and `head`: the event id from which to go on. */
export const Snapshot = z.object({
  build: z.string(),
  head: z.string(),
  at: Instant,
  ...Office.shape,
  workersAt: Instant.nullable(),
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
  probes: z.array(Probe),
  notices: z.array(Notice),
})
export type Snapshot = z.infer<typeof Snapshot>
