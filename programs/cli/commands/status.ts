import { InvalidArgumentError } from 'commander'
import { type Status, severity } from '../../../shared/domain/status.ts'
import { clean } from '../../../shared/terminal.ts'
import { type AddCommand, action, examples } from '../command.ts'
import { type Cell, statusCell, tableLines, timeText } from '../print.ts'
import { readStandings, type Standing } from '../world.ts'

/** What is asked for in words of every day. */
export const statusWords: Readonly<Record<string, Status>> = {
  operational: 'operational',
  maintenance: 'under_maintenance',
  degraded: 'degraded_performance',
  partial: 'partial_outage',
  major: 'major_outage',
  unknown: 'unknown',
}

/** A word, or a status as programs write it. */
export function parseStatus(text: string): Status {
  const status = statusWords[text] ?? Object.values(statusWords).find(one => one === text)
  if (status === undefined) throw new InvalidArgumentError(`It is one of ${Object.keys(statusWords).join(', ')}.`)
  return status
}

export const addStatus: AddCommand = program =>
  program
    .command('status')
    .summary('how things are now')
    .description(
      'How things are now: stacks, clouds, regions, services, vendors and their parts. Without any: each stack, and whatever is watched.',
    )
    .argument('[what...]', 'aws, aws/eu-west-1, aws/lambda@eu-west-1, stripe, "github[Actions]", stack/shop')
    .option(
      '--fail-on <status>',
      'exit with 1 from here on: maintenance, degraded, partial, major, unknown',
      parseStatus,
    )
    .addHelpText(
      'after',
      `
Exit codes: 0 fine, 1 worse (from degraded on, or from --fail-on), 2 the command is wrong, 3 unknown or the server
cannot be reached. With --fail-on unknown what is not known gives 1.
${examples(
  ['nephoscope status', 'everything'],
  ['nephoscope status aws/lambda@eu-west-1 stripe', 'two things that you use'],
  ['nephoscope status stack/shop --fail-on partial && ./deploy.sh', 'only while nothing is down'],
  ['nephoscope status aws --json | jq -r .status', 'for a script'],
)}`,
    )
    .action(
      action(async ({ server, print }, what: string[], { failOn }: { failOn?: Status }) => {
        const standings = await readStandings(server, what)
        print.answer(standings, paint =>
          tableLines(['status', 'what', 'name', 'since', 'why'], standings.map(rowOf), paint),
        )
        return exitCodeOf(standings, failOn)
      }),
    )

/** One of them worse than asked for: 1. Else one that is not known: 3. */
export function exitCodeOf(standings: readonly Pick<Standing, 'status'>[], failOn: Status | undefined): 0 | 1 | 3 {
  const isUnknownBad = failOn === 'unknown'
  const least = severity[failOn === undefined || isUnknownBad ? 'degraded_performance' : failOn]
  const isAnyUnknown = standings.some(({ status }) => status === 'unknown')
  if (standings.some(({ status }) => severity[status] >= least) || (isUnknownBad && isAnyUnknown)) return 1
  return isAnyUnknown ? 3 : 0
}

export const rowOf = (one: Standing): Cell[] => [
  statusCell(one.status),
  one.what,
  one.name,
  timeText(one.since),
  clean(whyOf(one)),
]

/** The worst incident, and how many more; or why nothing is known. */
function whyOf({ status, incidents, silent, unwatched, lastKnown }: Standing): string {
  const [worst, ...others] = incidents
  if (worst) return worst.title + (others.length > 0 ? ` (and ${others.length} more)` : '')
  if (status !== 'unknown') return ''
  if (lastKnown) return `no news; ${lastKnown.status} at ${timeText(lastKnown.at)}`
  if (silent.length > 0) return `no news from ${silent.join(', ')}`
  return unwatched.length > 0 ? `nothing reports on ${unwatched.join(', ')}` : 'nothing fresh is known'
}
