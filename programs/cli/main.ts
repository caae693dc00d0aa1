#!/usr/bin/env node
import { readFile } from 'node:fs/promises'
import { Command, CommanderError } from 'commander'
import { z } from 'zod'
import { clean } from '../../shared/terminal.ts'
import { examples, tokenOption, urlOption } from './command.ts'
import { addCompletion } from './commands/completion.ts'
import { addAcknowledge, addHandover } from './commands/handling.ts'
import { addIncidents } from './commands/incidents.ts'
import { addLedger } from './commands/ledger.ts'
import { addNews } from './commands/news.ts'
import { addRegions } from './commands/regions.ts'
import { addStack } from './commands/stack.ts'
import { addStatus } from './commands/status.ts'
import { addAudit, addTokens } from './commands/tokens.ts'
import { addMcp, addTools, becomeTool } from './commands/tools.ts'
import { addWaitFor } from './commands/wait-for.ts'
import { addWatch } from './commands/watch.ts'
import { Refusal } from './server.ts'

/** Who reads our output may stop reading, as `head` does. */
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

if (!(await becomeTool(process.argv.slice(2)))) await main()

async function main(): Promise<void> {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')))
  const program = new Command('nephoscope')
    .description('The status and the news of the clouds, from a Nephoscope.')
    .version(version, '-V, --version', 'the version')
    .addOption(urlOption())
    .addOption(tokenOption())
    .option('--json', 'one JSON object a line, as in a pipe')
    .option('--no-json', 'tables, also in a pipe')
    .helpOption('-h, --help', 'what it does')
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: (text, write) => write(`${oneLine(text)}\n`) })
    .exitOverride()
    .addHelpText(
      'after',
      examples(
        ['nephoscope status', 'how things are'],
        ['nephoscope status aws/lambda@eu-west-1 stripe', 'how these are; the exit code says it too'],
        ['nephoscope watch stack/shop', 'what happens, as it happens'],
        ['nephoscope wait-for operational aws/eu-west-1 --timeout 20m', 'until it is well again'],
      ),
    )
  const commands = [
    addStatus,
    addWatch,
    addWaitFor,
    addIncidents,
    addNews,
    addRegions,
    addStack,
    addLedger,
    addAcknowledge,
    addHandover,
    addTokens,
    addAudit,
  ]
  for (const add of [...commands, addTools, addMcp, addCompletion]) add(program)

  try {
    await program.parseAsync()
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
    else if (error instanceof Refusal) {
      process.stderr.write(`${clean(error.message)}\n`)
      process.exitCode = error.exitCode
    } else throw error
  }
}

/** commander's "error: unknown command 'x'\n(Did you mean y?)" as one line. */
function oneLine(text: string): string {
  const line = text
    .trim()
    .replace(/^error: /, '')
    .replace(/\n\(Did you mean (?:one of )?([^\n]*)\?\)/, ': did you mean $1?')
  return clean(line)
}
