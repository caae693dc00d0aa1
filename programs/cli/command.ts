import { type Command, InvalidArgumentError, Option } from 'commander'
import { type Printer, printer } from './print.ts'
import { connectTo, type Server } from './server.ts'

/** What a command works with. */
export type Context = { server: Server; print: Printer; url: string }

/** The options of every command. */
type Shared = { url: string; token?: string; json?: boolean }

/** One command: a file in `commands/`. Its action returns the exit code. */
export type AddCommand = (program: Command) => void

/** Gives an action its server and printer, and its exit code to the process. */
export const action =
  <Given extends unknown[]>(act: (context: Context, ...given: Given) => Promise<number>) =>
  async (...all: unknown[]): Promise<void> => {
    const command = all.at(-1) as Command // commander's last argument
    const { url, token, json } = command.optsWithGlobals<Shared>()
    const print = printer({ out: process.stdout, err: process.stderr }, json, process.env)
    const given = all.slice(0, -1) as Given // as the command declares them
    process.exitCode = await act({ server: connectTo({ url, token }), print, url }, ...given)
  }

export const urlOption = () =>
  new Option('--url <address>', 'the server').env('NEPHOSCOPE_URL').default('http://localhost:3000')
export const tokenOption = () =>
  new Option('--token <token>', 'where the server has a VIEW_TOKEN; better in the environment').env('NEPHOSCOPE_TOKEN')

export const limitOption = (most: number) =>
  new Option('--limit <number>', 'at most so many').default(20).argParser(text => {
    const number = Number(text)
    if (Number.isInteger(number) && number >= 1 && number <= most) return number
    throw new InvalidArgumentError(`It is a number from 1 to ${most}.`)
  })

/** `90s`, `20m`, `2h` → ms */
export function parseDuration(text: string): number {
  const [, count, unit = ''] = /^(\d{1,6})(s|m|h)$/.exec(text) ?? []
  if (count === undefined) throw new InvalidArgumentError('Write it like 90s, 20m or 2h.')
  return Number(count) * ({ s: 1_000, m: 60_000, h: 3_600_000 }[unit] ?? 0)
}

/** What stands below the options in a command's help. */
export const examples = (...lines: readonly [command: string, what: string][]): string => {
  const width = Math.max(...lines.map(([command]) => command.length))
  return `\nExamples:\n${lines.map(([command, what]) => `  $ ${command.padEnd(width)}  # ${what}`).join('\n')}\n`
}
