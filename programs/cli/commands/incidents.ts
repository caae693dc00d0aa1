import { Option } from 'commander'
import { z } from 'zod'
import { Incident, isEnded, statusOfIncident } from '../../../shared/domain/incident.ts'
import { type AddCommand, action, examples, limitOption } from '../command.ts'
import { type Cell, statusCell, tableLines, timeText } from '../print.ts'
import type { Query, Server } from '../server.ts'

/** Why an incident or an article concerns a stack, as the server writes it. */
const Reasons = z.object({ reasons: z.array(z.object({ strength: z.string(), use: z.string() })).optional() })
export const ToldIncident = z.intersection(Incident, Reasons)
export type ToldIncident = z.infer<typeof ToldIncident>

export const readIncidents = async (server: Server, query: Query): Promise<ToldIncident[]> =>
  (await server.get('api/incidents', query, z.object({ incidents: z.array(ToldIncident) }))).incidents

type Options = Record<'stack' | 'provider' | 'region' | 'service' | 'vendor' | 'kind' | 'state', string | undefined> & {
  limit: number
}

export const addIncidents: AddCommand = program =>
  program
    .command('incidents')
    .summary('what is wrong, and what was')
    .description('Incidents and maintenances, the latest updated first: what is open, or with --state what was.')
    .option('--stack <id>', 'what concerns a stack, and why')
    .option('--provider <id>', 'of a provider: aws')
    .option('--region <id>', 'that named a region: aws/eu-west-1')
    .option('--service <id>', 'that named a service: aws/lambda')
    .option('--vendor <id>', 'of a vendor: stripe')
    .addOption(new Option('--kind <kind>', 'only these').choices(['incident', 'maintenance']))
    .addOption(new Option('--state <state>', 'when').choices(['active', 'scheduled', 'ended', 'all']).default('active'))
    .addOption(limitOption(500))
    .addHelpText(
      'after',
      examples(
        ['nephoscope incidents', 'what is happening now'],
        ['nephoscope incidents --stack shop', 'what concerns your stack, with the reason'],
        ['nephoscope incidents --region aws/us-east-1 --state ended --limit 50', 'what was'],
        ['nephoscope incidents | jq -r .title', 'titles for a script'],
      ),
    )
    .action(
      action(async ({ server, print }, { limit, ...query }: Options) => {
        const incidents = await readIncidents(server, { ...query, limit: String(limit) })
        print.answer(incidents, paint =>
          incidents.length === 0
            ? ['nothing']
            : tableLines(['impact', 'stage', 'since', 'title', 'where', 'id'], incidents.map(rowOf), paint),
        )
        return 0
      }),
    )

export const rowOf = (incident: ToldIncident): Cell[] => [
  isEnded(incident) ? { text: '✓ over', colour: 'grey' } : statusCell(statusOfIncident(incident)),
  incident.status,
  timeText(incident.scheduledFor ?? incident.startedAt),
  incident.title,
  incident.reasons?.[0]?.use ?? placesOf(incident),
  incident.id,
]

const placesOf = ({ regions, provider }: Incident): string => {
  const [first, ...others] = regions
  return first === undefined ? provider : first + (others.length > 0 ? ` +${others.length}` : '')
}
