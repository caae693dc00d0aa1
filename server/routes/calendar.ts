import type { Channel, ChannelParts } from '../../shared/domain/channels.ts'
import type { Incident } from '../../shared/domain/incident.ts'
import { publicView } from '../../shared/domain/private-words.ts'
import { type ChannelFacts, isTold } from '../../shared/domain/snapshot.ts'
import { calendarOf } from '../outward/calendar.ts'
import { channelName } from '../outward/channel-name.ts'
import { incidentsOfStack } from '../outward/stack-summary.ts'
import { nameOfProvider } from '../outward/status-summary.ts'
import type { SubjectFacts } from '../outward/subject.ts'
import { channelRoute } from './kinds.ts'
import { channelParts, type FeedDeps } from './outward.ts'

export const getCalendar = channelRoute({
  path: '/calendar/*file',
  summary: 'The maintenances of a channel as a calendar: `<channel>.ics`.',
  details:
    'iCalendar, to subscribe to: `/calendar/region/azure/westeurope.ics`. With what changes, and what is cancelled.',
  type: 'text/calendar',
  cache: { maxAgeS: 300 },
  costly: true,
  handle({ ctx, params: { file } }, { facts, channelFacts, known, base }: FeedDeps) {
    const [, channel] = /^(.{1,210})\.ics$/.exec(file) ?? []
    if (channel === undefined)
      return ctx.throw(404, 'a calendar ends in .ics, such as /calendar/region/azure/westeurope.ics')
    const parts = channelParts(ctx, channel, known)
    if (withoutMaintenance.has(parts.kind))
      return ctx.throw(404, `'${channel}' tells of no maintenance: /calendar/status.ics has all of it`)
    const here = facts()
    ctx.type = 'text/calendar; charset=utf-8'
    return calendarOf({
      name: `Maintenance: ${parts.kind === 'status' ? 'everything' : channelName(parts, here)}`,
      incidents: incidentsIn(channel, parts, here, channelFacts),
      nameOf: provider => nameOfProvider(provider, here),
      base: base(ctx),
      self: base(ctx) + ctx.url,
      now: here.now,
    })
  },
})

const withoutMaintenance: ReadonlySet<ChannelParts['kind']> = new Set(['news', 'notices', 'sources', 'topic'])

/** Of a stack, only what certainly or likely concerns it: an appointment cannot say 'may'. */
function incidentsIn(channel: Channel, parts: ChannelParts, facts: SubjectFacts, told: ChannelFacts): Incident[] {
  const stack = parts.kind === 'stack' ? facts.stackFacts.stacks.get(parts.stack) : undefined
  if (stack !== undefined) return incidentsOfStack(stack, facts)
  const wanted = new Set([channel])
  const { incidents } = parts.kind === 'incident' ? facts.view : publicView(facts.view)
  return [...incidents.values()].filter(incident => isTold('incidents', incident, wanted, told))
}
