import { setTimeout as sleep } from 'node:timers/promises'
import type { Status } from '../../../shared/domain/status.ts'
import { type AddCommand, action, examples, parseDuration } from '../command.ts'
import { looks, tableLines } from '../print.ts'
import { Refusal, type Server } from '../server.ts'
import { loadNames, readStandings, STATUS_CHANNELS, type Standing } from '../world.ts'
import { parseStatus, rowOf } from './status.ts'

/** Things can change without an event: a source that falls silent is found by looking. */
const LOOK_EVERY_MS = 15_000
const MIN_PAUSE_MS = 500

export const addWaitFor: AddCommand = program =>
  program
    .command('wait-for')
    .summary('wait until things are so')
    .description('Waits until each of these has the status, then ends with 0; with 1 when the time is over.')
    .argument('<status>', 'operational, maintenance, degraded, partial, major or unknown', parseStatus)
    .argument('<what...>', 'as for status')
    .option('--timeout <time>', 'how long, such as 90s, 20m or 2h', parseDuration, parseDuration('30m'))
    .addHelpText(
      'after',
      examples(
        ['nephoscope wait-for operational aws/lambda@eu-west-1 --timeout 20m && ./retry.sh', 'once it is well again'],
        ['nephoscope wait-for operational stack/shop stripe', 'both of them'],
      ),
    )
    .action(
      action(async ({ server, print, url }, status: Status, what: string[], { timeout }: { timeout: number }) => {
        const found = await waitFor(server, { status, what, timeoutMs: timeout })
        print.answer(found.standings, paint =>
          tableLines(['status', 'what', 'name', 'since', 'why'], found.standings.map(rowOf), paint),
        )
        if (found.isSo) return 0
        if (found.failure)
          throw new Refusal(`${url}: still not reached when the time was over: ${found.failure.message}`, 3)
        print.say(`the time is over: not all are ${looks[status].word}`)
        return 1
      }),
    )

type Found = { isSo: boolean; standings: Standing[]; failure: Refusal | null }

/** Looks again at every event that may matter. While the server is away it goes on trying. */
async function waitFor(
  server: Server,
  { status, what, timeoutMs }: { status: Status; what: string[]; timeoutMs: number },
): Promise<Found> {
  const timeIsOver = AbortSignal.timeout(timeoutMs)
  const found: Found = { isSo: false, standings: [], failure: null }
  let wake = new AbortController()
  const look = () => wake.abort()
  const watching = server.watch({ channels: STATUS_CHANNELS, onEvent: look, onSnapshot: look })
  watching.done.catch(look) // a refusal meets the next look too
  try {
    let names: Awaited<ReturnType<typeof loadNames>> | undefined
    for (;;) {
      try {
        names ??= await loadNames(server)
        found.standings = await readStandings(server, what, names)
        found.failure = null
      } catch (error) {
        if (!(error instanceof Refusal) || error.exitCode !== 3) throw error
        found.failure = error
      }
      found.isSo = found.failure === null && found.standings.every(one => one.status === status)
      if (found.isSo || timeIsOver.aborted) return found
      // What happens from here on wakes us. A storm of events is one look.
      await sleep(MIN_PAUSE_MS)
      await sleep(LOOK_EVERY_MS, undefined, { signal: AbortSignal.any([wake.signal, timeIsOver]) }).catch(
        () => undefined,
      )
      wake = new AbortController()
    }
  } finally {
    watching.close()
  }
}
