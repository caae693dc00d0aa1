import { z } from 'zod'
import { unread } from './entries.ts'
import { listOf, word } from './lenient.ts'

export const KumaMonitor = z.object({ id: word, name: word })
export type KumaMonitor = z.output<typeof KumaMonitor>
export const KumaGroup = z.object({ name: word, monitorList: unread })

export const KumaNotice = z.object({
  id: word,
  style: word,
  title: word,
  content: word,
  createdDate: word,
  lastUpdatedDate: word,
})
export type KumaNotice = z.output<typeof KumaNotice>

const Timeslot = z.object({ startDate: word, endDate: word })
export const KumaMaintenance = z.object({
  id: word,
  title: word,
  description: word,
  status: word,
  timezoneOffset: word,
  /** A slot that cannot be read is still a slot: without any, a maintenance is one that is switched on by hand. */
  timeslotList: listOf(Timeslot.catch({ startDate: '', endDate: '' }), 100),
})
export type KumaMaintenance = z.output<typeof KumaMaintenance>

/** What a page shows, but for the state of its monitors. Version 1 pins one incident, version 2 any number. */
export const KumaPage = z.object({
  publicGroupList: z.custom<unknown[]>(Array.isArray),
  incident: unread,
  incidents: unread,
  maintenanceList: unread,
})

/** The beats of each monitor by its id, oldest first. A `0` in place of a beat is a span without any. */
export const KumaHeartbeats = z.object({
  heartbeatList: z
    .record(z.string(), listOf(z.object({ status: word }), 1000))
    .transform(list => new Map(Object.entries(list))),
})
export type KumaHeartbeats = z.output<typeof KumaHeartbeats>['heartbeatList']
