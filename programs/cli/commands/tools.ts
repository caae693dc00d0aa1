import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { examples } from '../command.ts'

/** The tools that a checkout runs by `npm run …`; they have options of their own. Each is a bundle beside this one. */
const tools: Readonly<Record<string, { bundle: string; what: string; example: string }>> = {
  detect: {
    bundle: 'workers-detect',
    what: 'find the kind of a status page',
    example: 'nephoscope detect https://status.example.com',
  },
  doctor: {
    bundle: 'ops-doctor',
    what: 'check a store and this machine (REDIS_URL)',
    example: 'REDIS_URL=redis://localhost:6379 nephoscope doctor',
  },
  notify: { bundle: 'workers-notify', what: 'try the targets of messages', example: 'nephoscope notify test ops' },
}

const fileOf = (bundle: string): URL => new URL(`./${bundle}.js`, import.meta.url)
const present = Object.entries(tools).filter(([, { bundle }]) => existsSync(fileOf(bundle)))

/** Gives this process to a tool, which reads its own arguments. @returns false when it names none, or asks what it does */
export async function becomeTool([name, option]: readonly string[]): Promise<boolean> {
  const [, tool] = present.find(([known]) => known === name) ?? []
  if (tool === undefined || option === '--help' || option === '-h') return false
  process.argv.splice(2, 1)
  await import(fileOf(tool.bundle).href)
  return true
}

/** For the help and the completions. */
export function addTools(program: Command): void {
  for (const [name, { what, example }] of present)
    program
      .command(`${name} [arguments...]`)
      .summary(what)
      .description(`${what[0]?.toUpperCase()}${what.slice(1)}, as 'npm run ${name}' does.`)
      .allowUnknownOption()
      .addHelpText('after', examples([example, 'as from a checkout']))
}

/** `mcp`: a bundle of its own, as its library is large. */
export function addMcp(program: Command): void {
  program
    .command('mcp')
    .summary('a Model Context Protocol server on standard input and output')
    .description(
      'Serves status, incidents, stacks, ledgers and regions as read-only tools to programs that speak the Model Context Protocol.',
    )
    .addHelpText(
      'after',
      `
Configuration of a client:
  { "mcpServers": { "nephoscope": { "command": "npx", "args": ["nephoscope", "mcp"],
    "env": { "NEPHOSCOPE_URL": "https://status.example.com" } } } }
`,
    )
    .action(async (_options: object, command: Command) => {
      const { url, token } = command.optsWithGlobals<{ url: string; token?: string }>()
      process.env.NEPHOSCOPE_URL = url
      if (token !== undefined) process.env.NEPHOSCOPE_TOKEN = token
      await import(fileOf('nephoscope-mcp').href)
    })
}
