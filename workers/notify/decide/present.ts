import { acknowledgementOf } from '../../../shared/domain/handling.ts'
import { isEnded } from '../../../shared/domain/incident.ts'
import { isSilent } from '../../../shared/domain/source.ts'
import { severity } from '../../../shared/domain/status.ts'
import type { Trouble } from '../../../shared/domain/trouble.ts'
import type { View } from '../../../shared/domain/view.ts'
import type { Rule } from '../../config/notify-config.ts'
import type { Conversation, Present } from './conversation.ts'
import type { RuleBook } from './rules.ts'

type Facts = { view: View; book: Pick<RuleBook, 'trouble'> }

/** How what a conversation is about is now, for its rule; null where nothing of it is known any more. Pure. */
export function presentOf(conversation: Conversation, rule: Rule, { view, book }: Facts, now: number): Present | null {
  const { topic, members } = conversation
  if (topic === 'probe') return ofProbe(conversation, view)
  if (topic === 'source') return ofSource(conversation, view, now)
  const incidents = members.flatMap(id => view.incidents.get(id) ?? [])
  if (incidents.length === 0) return null // its source was removed
  if (topic === 'maintenance') {
    const isOver = incidents.every(isEnded)
    return { severity: isOver ? 0 : severity.under_maintenance, grounds: [], isOver }
  }
  const troubles = incidents.map((incident): Trouble => book.trouble(rule, incident))
  return {
    severity: Math.max(...troubles.map(trouble => trouble.severity)),
    grounds: troubles.flatMap(({ grounds }) => grounds),
    isOver: incidents.every(isEnded),
  }
}

/** One that is unreachable stays so until it is reachable again, whatever its provider says meanwhile. */
function ofProbe({ members: [id = ''], told }: Conversation, { probes }: View): Present | null {
  const probe = probes.get(id)
  if (probe === undefined) return null
  const isOver = probe.reachable
  return { severity: isOver ? 0 : Math.max(told.severity, severity.major_outage), grounds: [], isOver }
}

function ofSource({ members: [id = ''] }: Conversation, { sources }: View, now: number): Present | null {
  const source = sources.get(id)
  if (source === undefined) return null
  const isOver = !isSilent(source, now)
  return { severity: isOver ? 0 : severity.under_maintenance, grounds: [], isOver }
}

/** When the acknowledgement was given, of any member, that holds now; null where none does. */
export function acknowledgedAt({ members }: Conversation, view: View, now: number): string | null {
  for (const id of members) {
    const incident = view.incidents.get(id)
    const held = incident && acknowledgementOf(view.handlings.get(id), incident, now)
    if (held) return held.at
  }
  return null
}
