import {
  type Channel,
  type CountryOf,
  channelsOfIncident,
  channelsOfProbe,
  channelsOfSource,
  reachOf,
} from '../../../shared/domain/channels.ts'
import { concerns } from '../../../shared/domain/concerns.ts'
import { type Incident, isPublic, statusOfIncident } from '../../../shared/domain/incident.ts'
import type { Probe } from '../../../shared/domain/probe.ts'
import { type Reason, type StackFacts, strengths } from '../../../shared/domain/reason.ts'
import type { Source } from '../../../shared/domain/source.ts'
import { stackChannels } from '../../../shared/domain/stack-channels.ts'
import { asItIsNow } from '../../../shared/domain/stack-status.ts'
import { severity } from '../../../shared/domain/status.ts'
import { isTrouble, noTrouble, type Trouble, troubleOf } from '../../../shared/domain/trouble.ts'
import type { Rule } from '../../config/notify-config.ts'

/** Which rule hears of what. Made anew when rules or stacks change. */
export type RuleBook = {
  rules: ReadonlyMap<string, Rule>
  /** Those that an incident may concern, by all that it ever named. */
  ofIncident(incident: Incident): Rule[]
  ofProbe(probe: Probe): Rule[]
  ofSource(source: Source): Rule[]
  /** Why an incident concerns the stack of a rule, as strongly as it asks; empty for a rule of channels. */
  reasons(rule: Rule, incident: Incident): Reason[]
  /** How an incident hits what a rule is about now; none below its least severity. */
  trouble(rule: Rule, incident: Incident): Trouble
  /** Whether the rule is about an incident that has ended, by all that it named. */
  concerned(rule: Rule, incident: Incident): boolean
}

/** Pure. A thousand rules cost one look into an index of stacks, and one into that of channels. */
export function ruleBook(rules: readonly Rule[], facts: StackFacts, countryOf: CountryOf): RuleBook {
  const byStack = listsBy(rules, ({ stack }) => (stack === null ? [] : [stack]))
  const byChannel = listsBy(rules, ({ channels }) => channels)
  const named = [...byStack.keys()].flatMap(id => facts.stacks.get(id) ?? [])
  const { of } = stackChannels(named, facts)
  const heard = (stacks: readonly string[], channels: readonly Channel[]): Rule[] => {
    const found = new Set(stacks.flatMap(id => byStack.get(id) ?? []))
    if (byChannel.size > 0)
      for (const channel of reachOf(channels)) for (const rule of byChannel.get(channel) ?? []) found.add(rule)
    return [...found]
  }
  const reasons = ({ stack, strength }: Rule, incident: Incident): Reason[] => {
    const own = stack === null ? undefined : facts.stacks.get(stack)
    const weakest = strengths.indexOf(strength)
    return own === undefined
      ? []
      : concerns(own, incident, facts).filter(one => strengths.indexOf(one.strength) <= weakest)
  }
  const isHeardBy = ({ channels }: Rule, incident: Incident): boolean => {
    const reached = new Set(reachOf(channelsOfIncident(incident, countryOf)))
    return channels.some(channel => reached.has(channel))
  }
  const freshTrouble = (rule: Rule, incident: Incident): Trouble => {
    if (!isTrouble(incident)) return noTrouble
    const now = asItIsNow(incident)
    const isOurs = rule.stack === null && isHeardBy(rule, now)
    const grounds = isOurs ? groundsOf(rule, incident) : troubleOf(incident, reasons(rule, now)).grounds
    const level = severity[statusOfIncident(incident)]
    return grounds.length === 0 || level < severity[rule.from] ? noTrouble : { grounds, severity: level }
  }
  // records are never changed in place, and all that is open is looked at again and again
  const known = new WeakMap<Incident, Map<string, Trouble>>()
  const trouble = (rule: Rule, incident: Incident): Trouble => {
    const ofRules = known.get(incident) ?? new Map<string, Trouble>()
    const found = ofRules.get(rule.id) ?? freshTrouble(rule, incident)
    known.set(incident, ofRules.set(rule.id, found))
    return found
  }
  return {
    rules: new Map(rules.map(rule => [rule.id, rule])),
    ofIncident(incident) {
      const channels = byChannel.size === 0 ? [] : channelsOfIncident(incident, countryOf)
      const found = heard(of.incidents(incident), channels)
      return isPublic(incident) ? found : found.filter(({ isPublicOnly }) => isPublicOnly !== true)
    },
    ofProbe: probe => heard(of.probes(probe), channelsOfProbe(probe, countryOf)),
    ofSource: source => heard(of.sources(source), channelsOfSource(source.provider)),
    reasons,
    trouble,
    concerned: (rule, incident) =>
      rule.stack === null ? isHeardBy(rule, incident) : reasons(rule, incident).length > 0,
  }
}

/** The regions that a rule's channels name, of those that the incident does; all of these where they name none. */
function groundsOf({ channels }: Rule, { regions }: Incident): Trouble['grounds'] {
  const wanted = regions.filter(region => channels.includes(`region/${region}`))
  const places = wanted.length > 0 ? wanted : regions
  return places.length === 0 ? [{ place: null, what: null }] : places.map(place => ({ place, what: null }))
}

function listsBy(rules: readonly Rule[], keysOf: (rule: Rule) => readonly string[]): Map<string, Rule[]> {
  const lists = new Map<string, Rule[]>()
  for (const rule of rules)
    for (const key of new Set(keysOf(rule))) {
      const list = lists.get(key) ?? []
      list.push(rule)
      lists.set(key, list)
    }
  return lists
}
