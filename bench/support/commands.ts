/** What a child process can be asked by name, with at most one argument; both must survive JSON. */
export type Commands = Record<string, (argument: never) => unknown>

export type Question = { id: number; name: string; argument: unknown }
export type Answer = { id: number } & ({ ok: true; value: unknown } | { ok: false; error: string })

/** In the child: answers what the parent asks, and ends when the parent does. */
export function answerCommands(commands: Commands): void {
  process.once('disconnect', () => process.exit())
  if (!process.connected) process.exit() // it ended while this process was starting
  process.on('message', async ({ id, name, argument }: Question) => {
    process.send?.(
      await answer(commands, name, argument).then(
        (value): Answer => ({ id, ok: true, value }),
        (error): Answer => ({ id, ok: false, error: error instanceof Error ? error.message : String(error) }),
      ),
    )
  })
}

async function answer(commands: Commands, name: string, argument: unknown): Promise<unknown> {
  const command = commands[name]
  if (command === undefined) throw new Error(`there is no command '${name}'`)
  // The parent's `ask` is typed by the same commands.
  return command(argument as never)
}
