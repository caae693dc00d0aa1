import { isEnded, statusOfIncident } from '../../../shared/domain/incident.ts'
import { clean } from '../../../shared/terminal.ts'
import type { Event } from '../../client/records.ts'
import { type AddCommand, action, examples } from '../command.ts'
import { type Paint, statusCell, toJsonLine } from '../print.ts'
import { refusalOf } from '../server.ts'

export const addWatch: AddCommand = program =>
  program
    .command('watch')
    .summary('what happens, as it happens')
    .description(
      'Prints what happens in these channels until Ctrl-C. After a cut it goes on where it was: nothing is lost, nothing comes twice.',
    )
    .argument('[channels...]', 'status, news, provider/aws, region/azure/westeurope, stack/shop; without any: status')
    .option('--since <id>', 'go on after this event')
    .addHelpText(
      'after',
      examples(
        ['nephoscope watch stack/shop', 'what concerns your stack'],
        ['nephoscope watch status | jq -r \'select(.type=="incident.opened") | .data.title\'', 'for a script'],
      ),
    )
    .action(
      action(async ({ server, print, url }, channels: string[], { since }: { since?: string }) => {
        const watching = server.watch({
          channels: channels.length > 0 ? channels : ['status'],
          since,
          onState(state) {
            if (state.state !== 'waiting') return
            const { message } = refusalOf(state.error, url)
            print.say(`${message}; the next try is in ${Math.ceil(state.retryInMs / 1000)} s`)
          },
        })
        process.once('SIGINT', () => watching.close())
        process.once('SIGTERM', () => watching.close())
        try {
          for await (const event of watching) {
            if (event.type === 'reset')
              print.say(`the past is gone (${event.data.reason}): what happened meanwhile is not told`)
            else print.answer([event], paint => [lineOf(event, paint)])
          }
        } catch (error) {
          throw refusalOf(error, url)
        }
        return 0
      }),
    )

/** One event in one line of a terminal. */
function lineOf(event: Event, { colour }: Paint): string {
  const time = colour(event.at.slice(11, 19), 'grey')
  const look = lookOf(event)
  const cell = statusCell(look ?? 'operational')
  const mark = look === null || typeof cell === 'string' ? '' : `${colour(cell.text, cell.colour)}  `
  return `${time}  ${mark}${colour(event.type, 'bold')}  ${clean(textOf(event)).slice(0, 300)}`
}

function lookOf(event: Event) {
  if (event.type === 'region.status') return event.data.status
  if (event.type === 'incident.opened' || event.type === 'incident.updated')
    return isEnded(event.data) ? 'operational' : statusOfIncident(event.data)
  return event.type === 'incident.resolved' ? 'operational' : null
}

function textOf(event: Event): string {
  switch (event.type) {
    case 'incident.opened':
    case 'incident.updated':
    case 'incident.resolved':
      return `${event.data.title}  ${event.data.entries[0]?.text ?? ''} (${event.data.id})`
    case 'region.status':
      return event.data.region
    case 'article.published':
    case 'article.updated':
      return `${event.data.title}  ${event.data.url}`
    case 'notice.posted':
    case 'notice.withdrawn':
      return event.data.text
    case 'source.health':
      return `${event.data.name}: ${event.data.error ?? 'well'}`
    case 'probe.changed':
      return `${event.data.id}: ${event.data.reachable ? 'reachable' : 'not reachable'} from ${event.data.from}`
    case 'components.updated':
      return event.data.upserted.map(({ name, status }) => `${name}: ${status}`).join(', ')
    case 'source.removed':
    case 'handling.changed':
      return event.data.id
    case 'audit.noted':
      return `${event.data.by}: ${event.data.what} ${toJsonLine(event.data.about)}`
    case 'office.changed':
      return toJsonLine({ stacks: event.data.stacks.map(({ id }) => id) })
  }
}
