import { z } from 'zod'
import { RecordRow } from '../../../shared/domain/evidence.ts'
import { RecordId } from '../../../shared/domain/primitives.ts'
import { type AddCommand, action, examples } from '../command.ts'
import { tableLines, timeText } from '../print.ts'
import { Refusal, type Server } from '../server.ts'

/** What was said of an incident, newest first. @param id as in `incidents`, or the address of its page */
export async function readLedger(server: Server, id: string): Promise<RecordRow[]> {
  const bare = id.trim().replace(/^.*\/?incident\//, '')
  if (!RecordId.safeParse(bare).success)
    throw new Refusal(
      `'${id.slice(0, 100)}' is no incident: write its id as 'nephoscope incidents' shows it, such as aws-status/abc`,
    )
  const { entries } = await server.get(`api/incidents/${bare}/ledger`, {}, z.object({ entries: z.array(RecordRow) }))
  return entries
}

export const addLedger: AddCommand = program =>
  program
    .command('ledger')
    .summary('what was said of an incident, and when')
    .description('Every word and change of an incident, newest first: when its source said it, and when we read it.')
    .argument('<incident>', 'its id, such as aws-status/abc')
    .addHelpText('after', examples(['nephoscope ledger aws-status/abc', 'with both clocks, and the lag between them']))
    .action(
      action(async ({ server, print }, incident: string) => {
        const entries = await readLedger(server, incident)
        print.answer(entries, paint =>
          tableLines(
            ['#', 'said', 'seen', 'lag', 'stage', 'impact', 'words'],
            entries.map(({ n, saidAt, seenAt, lagS, status, impact, text }) => [
              ...[String(n), timeText(saidAt), timeText(seenAt), lagS === null ? '' : `${lagS} s`],
              ...[status, impact, text],
            ]),
            paint,
          ),
        )
        return 0
      }),
    )
