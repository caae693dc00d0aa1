import { hasSource } from './endpoints.ts'
import { nativeIds, slugOf } from './native-ids.ts'
import { componentLabel } from './page-state.ts'
import { isRegion } from './regions.ts'
import type { Step, StepOf } from './step.ts'
import { affected, clouds, type Incident, type Phase, sourceId, type World } from './world.ts'

/** When a step happens: ms since the epoch, and the round of the story. */
export type Moment = { at: number; round: number }

/**
 * Applies a step to the world, in place. Throws one line when the world does not allow it; then nothing has changed.
 */
export function applyStep(world: World, step: Step, moment: Moment): Applied {
  const touched = change(world, step, moment)
  world.revision += 1
  return { ...touched, step, at: moment.at, round: moment.round, revision: world.revision }
}

/** Drops what ended or was published two rounds ago. */
export function beginRound(world: World, round: number): void {
  const recent = (item: { round: number }): boolean => item.round === 0 || item.round > round - 2
  world.incidents = world.incidents.filter(incident => recent(incident) || incident.endedAt === null)
  for (const feed of world.feeds) feed.articles = feed.articles.filter(article => recent(article))
}

function change(world: World, step: Step, moment: Moment): Touched {
  switch (step.do) {
    case 'open':
      return open(world, step, moment)
    case 'schedule':
      return schedule(world, step, moment)
    case 'publish':
      return publish(world, step, moment)
    case 'fail':
      checkSource(step.source)
      world.faults.set(step.source, {
        as: step.as,
        retryAfterMs: step.retryAfter ?? null,
        timesLeft: step.times ?? Number.POSITIVE_INFINITY,
      })
      return { source: step.source, title: null, natives: [] }
    case 'tell':
      checkRegions(step.on, step.regions)
      return { source: `our-${step.on}`, title: null, natives: [] }
    case 'recover':
      checkSource(step.source)
      world.faults.delete(step.source)
      return { source: step.source, title: null, natives: [] }
    default:
      return proceed(world, step, moment)
  }
}

function open(world: World, step: StepOf<'open'>, { at, round }: Moment): Touched {
  const id = newId(world, step.id, round)
  checkRegions(step.on, step.regions)
  const services = servicesOn(world, step.on, step.services)
  if (step.on === 'aws' && step.regions.length === 0) throw new Error('an AWS event has a region: name one, or global')
  const incident: Incident = {
    id,
    round,
    kind: 'incident',
    on: step.on,
    title: step.title,
    firstTitle: step.title,
    phase: 'investigating',
    impact: step.impact,
    services,
    startedAt: at,
    endedAt: null,
    scheduledFor: null,
    scheduledUntil: null,
    updates: [],
    places: step.regions.map(code => ({ code, from: at, until: null })),
  }
  say(incident, at, step.text)
  world.incidents.push(incident)
  return touched(incident)
}

function schedule(world: World, step: StepOf<'schedule'>, { at, round }: Moment): Touched {
  const id = newId(world, step.id, round)
  if (isCloud(step.on)) throw new Error(`maintenances are told by status pages only, not by ${step.on}`)
  const incident: Incident = {
    id,
    round,
    kind: 'maintenance',
    on: step.on,
    title: step.title,
    firstTitle: step.title,
    phase: 'scheduled',
    impact: 'maintenance',
    services: servicesOn(world, step.on, step.services),
    startedAt: at,
    endedAt: null,
    places: [],
    updates: [],
    scheduledFor: at + step.in,
    scheduledUntil: at + step.in + step.for,
  }
  say(incident, at, step.text)
  world.incidents.push(incident)
  return touched(incident)
}

const phaseAfter = {
  spread: null,
  update: null,
  identify: 'identified',
  monitor: 'monitoring',
  resolve: 'resolved',
  begin: 'in_progress',
  complete: 'completed',
} as const satisfies Record<string, Phase | null>

const verbs = {
  incident: ['spread', 'update', 'identify', 'monitor', 'resolve'],
  maintenance: ['update', 'begin', 'complete'],
} as const satisfies Record<Incident['kind'], (keyof typeof phaseAfter)[]>

function proceed(world: World, step: StepOf<keyof typeof phaseAfter>, { at, round }: Moment): Touched {
  const incident = openIncident(world, step.id, round)
  const allowed: readonly string[] = verbs[incident.kind]
  if (!allowed.includes(step.do))
    throw new Error(`${incident.kind} '${step.id}' cannot ${step.do}: use ${allowed.join(', ')}`)
  const added = [...step.regions, ...step.services]
  if (step.do === 'spread' && added.length === 0) throw new Error('nothing spreads: name regions or services')
  checkRegions(incident.on, step.regions)
  const services = servicesOn(world, incident.on, step.services)
  const here = affected(incident)
  const stray = step.cleared.find(code => !here.includes(code))
  if (stray !== undefined) throw new Error(`'${stray}' is not affected by '${step.id}', so it cannot be cleared`)

  const phase = phaseAfter[step.do] ?? incident.phase
  const ended = phase === 'resolved' || phase === 'completed'
  incident.title = step.title ?? incident.title
  incident.impact = step.impact ?? incident.impact
  incident.phase = phase
  incident.services = [...new Set([...incident.services, ...services])]
  incident.endedAt = ended ? at : null
  for (const code of step.regions) if (!here.includes(code)) incident.places.push({ code, from: at, until: null })
  for (const place of incident.places) {
    if (place.until === null && (ended || step.cleared.includes(place.code))) place.until = at
  }
  say(incident, at, step.text)
  return touched(incident)
}

function publish(world: World, step: StepOf<'publish'>, { at, round }: Moment): Touched {
  const feed = world.feeds.find(candidate => candidate.name === step.feed)
  if (!feed) throw new Error(`no feed '${step.feed}': the feeds are ${world.feeds.map(one => one.name).join(', ')}`)
  const slug = inRound(step.slug ?? slugOf(step.title), round)
  const known = feed.articles.find(article => article.slug === slug)
  const words = { title: step.title, summary: step.summary, tags: step.tags, quote: step.quote ?? null }
  if (known) Object.assign(known, words, { updatedAt: at })
  else feed.articles.push({ slug, round, ...words, publishedAt: at, updatedAt: null })
  return { source: feed.name, title: step.title, natives: [slug] }
}

const standardWords: Record<Phase, string> = {
  investigating: 'We are investigating and will say more as soon as we know it.',
  identified: 'The cause is known and a fix is being put in place.',
  monitoring: 'A fix is in place and we are watching the recovery.',
  resolved: 'This incident is over. All services work as they should.',
  postmortem: 'The report on this incident is available.',
  scheduled: 'This work is planned; no interruption is expected outside of the window.',
  in_progress: 'The planned work has begun.',
  verifying: 'The work is done and is being checked.',
  completed: 'The planned work is complete.',
}

function say(incident: Incident, at: number, text: string | undefined): void {
  const { phase, impact, services } = incident
  const words = text ?? standardWords[phase]
  incident.updates.unshift({ at, phase, impact, text: words, services: [...services], regions: affected(incident) })
}

const touched = (incident: Incident): Touched => ({
  source: sourceId(incident.on),
  title: incident.title,
  natives: nativeIds(incident),
})

/** An applied step: what a test may expect to have happened. */
export type Applied = Touched & {
  step: Step
  /** ms since the epoch */
  at: number
  /** 0 for the first round and for what came before it. */
  round: number
  /** The first revision of the world that shows it. */
  revision: number
}

type Touched = {
  /** The id of its source. */
  source: string
  /** Of the incident or the article; null for a fault. */
  title: string | null
  /** Its ids on the wire: an Azure guid, AWS ARNs (one a region), a Google or Statuspage id, an article's slug. */
  natives: string[]
}

export const inRound = (name: string, round: number): string => (round === 0 ? name : `${name}.${round}`)

const isCloud = (on: string): boolean => clouds.some(cloud => cloud === on)

function newId(world: World, name: string, round: number): string {
  const id = inRound(name, round)
  if (world.incidents.some(incident => incident.id === id)) throw new Error(`'${name}' is taken: give it another id`)
  return id
}

/** This round's incident, else one from before the story. */
function openIncident(world: World, name: string, round: number): Incident {
  const named = (id: string) => world.incidents.find(incident => incident.id === id)
  const incident = named(inRound(name, round)) ?? named(name)
  if (!incident) throw new Error(`nothing is called '${name}': open or schedule it first`)
  if (incident.endedAt !== null) throw new Error(`'${name}' is over already`)
  return incident
}

function servicesOn(world: World, on: string, names: string[]): string[] {
  if (isCloud(on)) return [...new Set(names)]
  const page = world.pages.find(candidate => candidate.name === on)
  const known = [...clouds, ...world.pages.map(one => one.name)]
  if (!page) throw new Error(`'${on}' is neither a cloud nor a status page: use ${known.join(', ')}`)
  return [...new Set(names.map(name => componentLabel(page, name)))]
}

function checkRegions(on: string, codes: string[]): void {
  for (const code of codes) {
    if (!isCloud(on)) throw new Error(`${on} is a status page: name its components in services, not regions`)
    if (!isRegion(on, code)) throw new Error(`${on} has no region '${code}': see test/simulator/regions.ts`)
  }
}

function checkSource(source: string): void {
  if (!hasSource(source)) throw new Error(`no source '${source}': see test/simulator/endpoints.ts`)
}
