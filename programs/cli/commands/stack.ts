import { z } from 'zod'
import { Slug } from '../../../shared/domain/primitives.ts'
import { Status } from '../../../shared/domain/status.ts'
import { type AddCommand, action, examples } from '../command.ts'
import { type Cell, statusCell, tableLines, timeText } from '../print.ts'
import type { Server } from '../server.ts'
import { rowOf, ToldIncident } from './incidents.ts'

const StackNow = z.object({
  id: Slug,
  name: z.string(),
  uses: z.array(z.string()),
  status: Status,
  lastKnown: z.object({ status: Status, at: z.string() }).nullable(),
  silent: z.array(z.string()),
  unwatched: z.array(z.string()),
})
export type StackNow = z.infer<typeof StackNow>

export const readStacks = async (server: Server): Promise<StackNow[]> =>
  (await server.get('api/stacks', {}, z.object({ stacks: z.array(StackNow) }))).stacks

/** A stack, and what is open of what concerns it, each with its reasons. */
export const readStack = (server: Server, id: string) =>
  server.get(
    `api/stacks/${encodeURIComponent(id.replace(/^stack\//, ''))}`,
    {},
    z.object({ stack: StackNow, incidents: z.array(ToldIncident) }),
  )

export const addStack: AddCommand = program =>
  program
    .command('stack')
    .summary('your stacks, and what concerns them')
    .description('The stacks of the sources file, or one of them with what concerns it and why.')
    .argument('[id]', 'shop')
    .addHelpText(
      'after',
      examples(['nephoscope stack', 'all of them'], ['nephoscope stack shop', 'what concerns it, and why']),
    )
    .action(
      action(async ({ server, print }, id: string | undefined) => {
        if (id === undefined) {
          const stacks = await readStacks(server)
          print.answer(stacks, paint =>
            stacks.length === 0
              ? ['no stacks: name what you run on under stacks: in the sources file']
              : tableLines(['status', 'stack', 'name', 'uses'], stacks.map(stackRow), paint),
          )
          return 0
        }
        const { stack, incidents } = await readStack(server, id)
        print.answer([{ ...stack, incidents }], paint => [
          ...tableLines(['status', 'stack', 'name', 'uses'], [stackRow(stack)], paint),
          ...(stack.silent.length > 0
            ? [
                '',
                ...tableLines(
                  ['no news from'],
                  stack.silent.map(one => [one]),
                  paint,
                ),
              ]
            : []),
          ...(stack.unwatched.length > 0
            ? [
                '',
                ...tableLines(
                  ['not watched'],
                  stack.unwatched.map(one => [one]),
                  paint,
                ),
              ]
            : []),
          '',
          ...(incidents.length === 0
            ? ['nothing concerns it now']
            : tableLines(
                ['strength', 'impact', 'stage', 'since', 'title', 'concerns', 'id'],
                incidents.map(reasonRow),
                paint,
              )),
        ])
        return 0
      }),
    )

const stackRow = ({ status, id, name, uses, lastKnown }: StackNow): Cell[] => [
  statusCell(status),
  id,
  lastKnown ? `${name} (${lastKnown.status} at ${timeText(lastKnown.at)})` : name,
  uses.join(' '),
]

const reasonRow = (incident: ToldIncident): Cell[] => [incident.reasons?.[0]?.strength ?? '', ...rowOf(incident)]
