import type { Incident } from '../../../shared/domain/incident.ts'
import { regionsEverIn } from '../../../shared/domain/incident.ts'
import { type RegionId, sourceOf } from '../../../shared/domain/primitives.ts'
import { type Conversation, MAX_MEMBERS, REOPEN_MS } from './conversation.ts'

/** Incidents of one provider hang together if they begin within this time, in ms. */
const SAME_PROVIDER_MS = 10 * 60_000
/** Those that share a region, or whose vendor runs there, within this time. */
const SAME_PLACE_MS = 60 * 60_000

export type JoinFacts = {
  /** The cloud regions that a vendor runs in, of all of its sites. */
  homesOf(vendor: string): readonly RegionId[]
  incidentOf(id: string): Incident | undefined
}

/** The conversation of a rule that an incident belongs to; the newest of several; undefined where it begins its own. */
export function conversationFor(
  incident: Incident,
  topic: Conversation['topic'],
  conversations: Iterable<Conversation>,
  facts: JoinFacts,
  now: number,
): Conversation | undefined {
  let found: Conversation | undefined
  for (const conversation of conversations) {
    if (conversation.topic !== topic || conversation.members.length >= MAX_MEMBERS) continue
    if (found !== undefined && found.joinedAt > conversation.joinedAt) continue
    if (belongs(incident, conversation, facts, now)) found = conversation
  }
  return found
}

function belongs(incident: Incident, conversation: Conversation, facts: JoinFacts, now: number): boolean {
  const { members, providers, regions, joinedAt, openedAt, overAt, isOld } = conversation
  if (members.includes(incident.id)) return true
  if (isOld) return false
  // some sources open a new incident each time that the same thing fails
  if (overAt !== null)
    return now - overAt < REOPEN_MS && members.some(id => isRepetition(incident, facts.incidentOf(id)))
  if (providers.includes(incident.provider) && now - joinedAt <= SAME_PROVIDER_MS) return true
  if (now - openedAt > SAME_PLACE_MS) return false
  const own = regionsEverIn(incident)
  return (
    own.some(region => regions.includes(region)) ||
    facts.homesOf(incident.provider).some(region => regions.includes(region)) ||
    providers.some(provider => facts.homesOf(provider).some(region => own.includes(region)))
  )
}

const isRepetition = (incident: Incident, before: Incident | undefined): boolean =>
  before !== undefined &&
  sourceOf(before.id) === sourceOf(incident.id) &&
  before.title.trim().toLowerCase() === incident.title.trim().toLowerCase()

/** The conversation with a further incident. */
export function withMember(conversation: Conversation, incident: Incident, now: number): Conversation {
  const { members, providers, regions } = conversation
  const isNew = !members.includes(incident.id)
  return {
    ...conversation,
    members: isNew ? [...members, incident.id] : members,
    providers: [...new Set([...providers, incident.provider])],
    regions: [...new Set([...regions, ...regionsEverIn(incident)])].slice(0, 200),
    joinedAt: isNew ? now : conversation.joinedAt,
  }
}
