import { z } from 'zod'
import { Handling } from '../../../shared/domain/handling.ts'
import { toInstant } from '../../../shared/domain/primitives.ts'
import { clean } from '../../../shared/terminal.ts'
import { type AddCommand, action, type Context, examples, parseDuration } from '../command.ts'
import { timeText } from '../print.ts'
import { Refusal } from '../server.ts'
import { readIncidentId } from './ledger.ts'

type Step = { what: 'acknowledged' | 'lifted' | 'note'; by: string; text: string; until: string | null }

/** `ack`: someone takes care of it. It stops repeats and takeovers until it gets worse, or until the time is over. */
export const addAcknowledge: AddCommand = program =>
  program
    .command('ack')
    .summary('acknowledge an incident')
    .description('Says on all screens that someone takes care of an incident, until it gets worse, or for a time.')
    .argument('<incident>', 'its id, such as aws-status/abc')
    .option('--by <name>', 'who (your name on this machine without it)')
    .option('--note <text>', 'what is done about it', '')
    .option('--for <time>', 'how long, such as 30m or 8h', parseDuration)
    .option('--lift', 'the opposite: nobody takes care of it any more')
    .addHelpText(
      'after',
      `
It needs the view token, the admin token or that of an operator, in NEPHOSCOPE_TOKEN.
${examples(
  ['nephoscope ack aws-status/abc --note "failing over" --for 2h', 'for two hours'],
  ['nephoscope ack aws-status/abc --lift', 'no longer'],
)}`,
    )
    .action(
      action(async (context, incident: string, options: { by?: string; note: string; for?: number; lift?: true }) => {
        const until = options.for === undefined ? null : toInstant(Date.now() + options.for)
        const what = options.lift ? 'lifted' : 'acknowledged'
        return send(context, incident, { what, by: nameOf(options.by), text: options.note, until })
      }),
    )

/** `handover`: a note for the next shift. */
export const addHandover: AddCommand = program =>
  program
    .command('handover')
    .summary('leave a note on an incident for the next shift')
    .description('Leaves a note beside an incident, on all screens and in its record.')
    .argument('<incident>', 'its id, such as aws-status/abc')
    .argument('<note>', 'what the next shift should know')
    .option('--by <name>', 'who (your name on this machine without it)')
    .addHelpText(
      'after',
      examples(['nephoscope handover aws-status/abc "failed over to eu-west-1, back at 18:00"', 'for the next shift']),
    )
    .action(
      action(async (context, incident: string, text: string, { by }: { by?: string }) =>
        send(context, incident, { what: 'note', by: nameOf(by), text, until: null }),
      ),
    )

function nameOf(given: string | undefined): string {
  const name = given ?? process.env.USER ?? process.env.LOGNAME ?? process.env.USERNAME
  if (name) return name
  throw new Refusal('who are you? Give your name with --by')
}

async function send({ server, print }: Context, incident: string, step: Step): Promise<number> {
  const id = readIncidentId(incident)
  const { handling } = await server.post(`api/incidents/${id}/handling`, step, z.object({ handling: Handling }))
  print.answer([handling], () => [
    `${id}: ${step.what} by ${clean(step.by)}${step.until === null ? '' : ` until ${timeText(step.until)}`}`,
  ])
  return 0
}
