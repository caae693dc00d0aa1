import { z } from 'zod'
import { listOf, word } from './lenient.ts'

const Monitor = z.object({ id: word, name: word })
const Group = z.object({ name: word, monitorList: listOf(Monitor, 1000) })

const Notice = z.object({
  id: word,
  style: word,
  title: word,
  content: word,
  createdDate: word,
  lastUpdatedDate: word,
})
export type KumaNotice = z.output<typeof Notice>

const Timeslot = z.object({ startDate: word, endDate: word })
const Maintenance = z.object({
  id: word,
  title: word,
  description: word,
  status: word,
  timezoneOffset: word,
  timeslotList: listOf(Timeslot, 100),
})
export type KumaMaintenance = z.output<typeof Maintenance>

/** What a page shows, but for the state of its monitors. Version 1 pins one incident, version 2 any number. */
export const KumaPage = z.object({
  publicGroupList: z.custom<unknown>(Array.isArray).pipe(listOf(Group, 500)),
  incident: Notice.nullish().catch(null),
  incidents: listOf(Notice, 100),
  maintenanceList: listOf(Maintenance, 100),
})
export type KumaPage = z.output<typeof KumaPage>

/** The beats of each monitor by its id, oldest first. A `0` in place of a beat is a span without any. */
export const KumaHeartbeats = z.object({
  heartbeatList: z
    .record(z.string(), listOf(z.object({ status: word }), 1000))
    .transform(list => new Map(Object.entries(list))),
})
export type KumaHeartbeats = z.output<typeof KumaHeartbeats>['heartbeatList']
