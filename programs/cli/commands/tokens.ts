import { Option } from 'commander'
import { z } from 'zod'
import { AccessToken, Role } from '../../../shared/domain/access.ts'
import { AuditEntry } from '../../../shared/domain/audit.ts'
import { Instant, toInstant } from '../../../shared/domain/primitives.ts'
import { clean } from '../../../shared/terminal.ts'
import { type AddCommand, action, type Context, examples, limitOption, parseDuration } from '../command.ts'
import { tableLines, timeText } from '../print.ts'
import { Refusal, type Server } from '../server.ts'

const NEEDS = '\nIt needs the token of an admin, in NEPHOSCOPE_TOKEN.\n'

const ListedToken = z.object({ ...AccessToken.shape, lastUsedAt: Instant.nullable() })
const GivenToken = z.object({ token: AccessToken, secret: z.string() })

type Options = { role: Role; stack?: string; for?: number }

/** `tokens`: who may do what here, beside the two tokens of the environment. */
export const addTokens: AddCommand = program =>
  program
    .command('tokens')
    .summary('tokens with a name: list, create, rotate, revoke')
    .description('Lists the tokens with a name, makes one, makes the secret of one anew, or revokes one.')
    .argument('[what]', 'create, rotate or revoke; without it they are listed')
    .argument('[token]', 'its name, or its id')
    .addOption(new Option('--role <role>', 'of a new one').choices(Role.options).default('viewer'))
    .option('--stack <id>', 'a new one is for this stack alone')
    .option('--for <time>', 'how long a new one is valid, such as 720h', parseDuration)
    .addHelpText(
      'after',
      NEEDS +
        examples(
          ['nephoscope tokens', 'who has one, and when it was last used'],
          ['nephoscope tokens create "Grafana" --role viewer', 'its secret is shown this once'],
          ['nephoscope tokens create "Shop team" --role operator --stack shop', 'for one stack'],
          ['nephoscope tokens revoke "Grafana"', 'what it has open is cut'],
        ),
    )
    .action(
      action(async (context, what: string | undefined, token: string | undefined, options: Options) => {
        if (what === undefined) return list(context)
        if (!['create', 'rotate', 'revoke'].includes(what))
          throw new Refusal(`tokens ${what}: use create, rotate or revoke, or neither to list them`)
        if (token === undefined) throw new Refusal(`tokens ${what} needs the name of the token`)
        if (what === 'create') return create(context, token, options)
        const { id, name } = await find(context.server, token)
        if (what === 'rotate')
          return give(context, await context.server.post(`api/tokens/${id}/rotate`, {}, GivenToken))
        await context.server.remove(`api/tokens/${id}`)
        context.print.say(`${name}: revoked`)
        return 0
      }),
    )

async function list({ server, print }: Context): Promise<number> {
  const tokens = await read(server)
  const rows = tokens.map(({ id, name, role, stack, by, createdAt, expiresAt, lastUsedAt }) => [
    ...[name, role, stack ?? '', id, by, timeText(createdAt)],
    ...[lastUsedAt === null ? 'never' : timeText(lastUsedAt), expiresAt === null ? '' : timeText(expiresAt)],
  ])
  const titles = ['name', 'role', 'stack', 'id', 'made by', 'made', 'last used', 'until']
  print.answer(tokens, paint => (rows.length === 0 ? ['no tokens with a name'] : tableLines(titles, rows, paint)))
  return 0
}

async function create(context: Context, name: string, { role, stack, for: ms }: Options): Promise<number> {
  const expiresAt = ms === undefined ? null : toInstant(Date.now() + ms)
  return give(
    context,
    await context.server.post('api/tokens', { name, role, stack: stack ?? null, expiresAt }, GivenToken),
  )
}

/** The secret alone on standard output, so that it can go into a file or another program. */
function give({ print }: Context, { token, secret }: z.infer<typeof GivenToken>): number {
  print.answer([{ ...token, secret }], () => [clean(secret)])
  print.say(`${token.name} (${token.role}): keep this secret now, it is not shown again`)
  return 0
}

const read = async (server: Server) =>
  (await server.get('api/tokens', {}, z.object({ tokens: z.array(ListedToken) }))).tokens

async function find(server: Server, token: string) {
  const found = (await read(server)).find(({ id, name }) => id === token || name === token)
  if (found === undefined) throw new Refusal(`there is no token '${token.slice(0, 60)}': nephoscope tokens lists them`)
  return found
}

const AuditPage = z.object({ entries: z.array(AuditEntry), next: z.string().nullable() })

/** `audit`: who did what. */
export const addAudit: AddCommand = program =>
  program
    .command('audit')
    .summary('who did what, newest first')
    .description('Who polled, posted, admitted, acknowledged, made or revoked, by the names of their tokens.')
    .addOption(limitOption(500))
    .addHelpText('after', NEEDS + examples(['nephoscope audit --limit 100', 'the last hundred']))
    .action(
      action(async ({ server, print }: Context, { limit }: { limit: number }) => {
        const { entries } = await server.get('api/audit', { limit: String(limit) }, AuditPage)
        const rows = entries.map(({ at, by, what, about }) => [timeText(at), by, what, Object.values(about).join(' ')])
        print.answer(entries, paint =>
          rows.length === 0
            ? ['nobody has done anything yet']
            : tableLines(['when', 'by', 'what', 'about'], rows, paint),
        )
        return 0
      }),
    )
