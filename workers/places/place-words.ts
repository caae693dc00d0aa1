/** The words and signs by which the text around a phrase tells what is meant. All folded. */
const wordSet = (words: string): ReadonlySet<string> => new Set(words.split(' '))

/** Between the members of a list. */
export const joiners = wordSet(', / & + | ( ) [ ] 、 and or')

/** Before and after a label. */
export const opening = wordSet('- ( [ | : / * • · " “ « 【 「')
export const closing = wordSet('- ) ] , | : / . ; • · ! ? " ” » 】 」 。 、')

/** Of what a region is one. */
export const regionWords = wordSet(
  'region regions datacenter datacenters datacentre datacentres location locations zone zones facility facilities',
)

/** What goes wrong at a place; an issue only with a technique, else it may be any: 'planning issues in Ireland'. */
export const troubles = wordSet(
  'error errors latency latencies connectivity degradation outage outages disruption disruptions interruption interruptions failures timeouts loss maintenance incident incidents downtime congestion slowness delays issue issues',
)
export const techniques = wordSet(
  'network networking connectivity connection power cooling performance service api storage hardware routing peering latency droplet dns compute',
)
/** What goes on after the place of a trouble: 'errors in Ohio since noon'. */
export const afterTrouble = wordSet(
  'is are was were has have since on at from between during due after starting beginning for',
)

/** Says that what follows is spared, with such fillers between: 'no impact to customers in …'. */
export const sparing = wordSet('except excepting excluding exception outside unlike besides than not no')
export const fillers = wordSet(
  'for of in to the our at within any region regions customer customers impact affect affecting impacting',
)

/** Before a name it makes another of it: 'South East US', 'Non-East US'. */
export const qualifiers = wordSet(
  'north south east west central middle northern southern eastern western northeast northwest southeast southwest non',
)
/** After a name it makes a canary, a stage or no region of it: 'Central US EUAP', 'US-East coast'. */
export const sequels = wordSet('euap stg stage coast time')

/** What 'global …' reaches, beside troubles. */
export const reach = wordSet('event scope region location impact')
/** What makes 'globally …' a property instead of a reach. */
export const properties = wordSet(
  'distributed unique replicated available redundant consistent recognised recognized known scalable leading developers conference team community network',
)
