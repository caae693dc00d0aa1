import { z } from 'zod'
import { RecordRow } from '../../../shared/domain/evidence.ts'
import { RecordId } from '../../../shared/domain/primitives.ts'
import { type AddCommand, action, examples } from '../command.ts'
import { tableLines, timeText } from '../print.ts'
import { Refusal, type Server } from '../server.ts'

/** What was said of an incident, newest first. */
export async function readLedger(server: Server, id: string): Promise<RecordRow[]> {
  const { entries } = await server.get(
    `api/incidents/${readIncidentId(id)}/ledger`,
    {},
    z.object({ entries: z.array(RecordRow) }),
  )
  return entries
}

/** An incident as people write it: its id, its channel, or the address of its page. @throws {Refusal} for anything else */
export function readIncidentId(written: string): string {
  const id = written.trim().split('incident/').at(-1) ?? ''
  if (RecordId.safeParse(id).success) return id
  throw new Refusal(
    `'${written.slice(0, 100)}' is no incident: write its id as 'nephoscope incidents' shows it, such as aws-status/abc`,
  )
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
