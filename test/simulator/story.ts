import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { applyStep, type Moment } from './apply.ts'
import { newWorld } from './new-world.ts'
import { Duration, Step } from './step.ts'

/** Steps with their time: `ago` before the start of the story, `at` after it, both in ms. */
export type Story = {
  title: string
  /** How long a round lasts, in ms. */
  length: number
  before: { ago: number; step: Step }[]
  steps: { at: number; step: Step }[]
  /** What happens in a round after the first, from 1 on; the same again where a story does not say. */
  later?: (round: number) => Round
}

/** One time through: its length in ms, and steps with their time after its beginning. */
export type Round = Pick<Story, 'length' | 'steps'>

const Story = z.strictObject({
  title: z.string(),
  length: Duration,
  before: z
    .array(
      z
        .looseObject({ ago: Duration })
        .transform(({ ago, ...step }) => ({ ago, step }))
        .pipe(z.object({ ago: z.number(), step: Step })),
    )
    .default([]),
  steps: z.array(
    z
      .looseObject({ at: Duration })
      .transform(({ at, ...step }) => ({ at, step }))
      .pipe(z.object({ at: z.number(), step: Step })),
  ),
})

/** YAML → a story that can be played to its end. Throws one line that names the file, the step and the rule. */
export function parseStory(yaml: string, name: string): Story {
  const parsed = Story.safeParse(parse(yaml))
  if (!parsed.success) throw new Error(`${name}: ${firstIssue(parsed.error)}`)
  const story = parsed.data
  dryRun(story, name)
  return story
}

/** Plays two rounds in a throw-away world, so that a mistake is found early. */
function dryRun({ before, steps, length }: Story, name: string): void {
  const world = newWorld('http://rehearsal.invalid')
  let last = Number.NEGATIVE_INFINITY
  const play = (place: string, step: Step, moment: Moment): void => {
    if (moment.at < last) throw new Error(`${name}: ${place} comes before the one above it: put them in order of time`)
    last = moment.at
    try {
      applyStep(world, step, moment)
    } catch (error) {
      throw new Error(`${name}: ${place} (${step.do}): ${error instanceof Error ? error.message : error}`)
    }
  }
  for (const [index, { ago, step }] of before.entries()) play(`before ${index + 1}`, step, { at: -ago, round: 0 })
  for (const round of [0, 1]) {
    const place = round === 0 ? 'step' : 'in the second round, step'
    for (const [index, { at, step }] of steps.entries()) {
      play(`${place} ${index + 1}`, step, { at: round * length + at, round })
    }
    if (last > (round + 1) * length) throw new Error(`${name}: length: make it ${(last / 1000).toFixed()}s or more`)
  }
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0]
  if (!issue) return error.message
  const [list, index, ...rest] = issue.path
  const place =
    typeof index === 'number' ? `${list === 'steps' ? 'step' : String(list)} ${index + 1}` : String(list ?? '')
  const field = rest.filter(part => part !== 'step').join('.')
  return [place, field, issue.message].filter(Boolean).join(': ')
}

/** Reads and parses a story file. Throws one line when it is missing or no story. */
export function loadStory(file: string | URL): Story {
  return parseStory(textOf(file), basename(file.toString()))
}

function textOf(file: string | URL): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new Error(
      `no story can be read: name a YAML file that exists (${error instanceof Error ? error.message : error})`,
    )
  }
}
