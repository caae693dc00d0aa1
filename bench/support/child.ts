import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { pinnedTo } from './measuring.ts'

/** The commands of a child process by name, with at most one argument. Arguments and results must survive JSON. */
export type Commands = Record<string, (argument: never) => unknown>

/** A process that does part of a benchmark, with its own event loop, memory and processor time. */
export type Child<C extends Commands> = {
  /** Rejects when the command failed or the process ended before it answered. */
  ask<N extends keyof C & string>(name: N, ...argument: Parameters<C[N]>): Promise<Awaited<ReturnType<C[N]>>>
  /** Politely, by another signal, where it has something to end itself. */
  stop(signal?: NodeJS.Signals): Promise<void>
}

export type ChildOptions = { core?: number; flags?: readonly string[]; args?: readonly string[] }

type Question = { id: number; name: string; argument: unknown }
type Answer = { id: number } & ({ ok: true; value: unknown } | { ok: false; error: string })
type Settle = { resolve(value: unknown): void; reject(error: Error): void }

/** Starts a module of `bench/processes`, in a Node with the flags of this one. The module calls `answerCommands`. */
export function startChild<C extends Commands>(name: string, options: ChildOptions = {}): Child<C> {
  const { core, flags = [], args = [] } = options
  const file = fileURLToPath(new URL(`../processes/${name}.ts`, import.meta.url))
  const commandLine = [...pinnedTo(core), process.execPath, ...process.execArgv, ...flags, file, ...args]
  const [program = process.execPath, ...programArgs] = commandLine
  const child = spawn(program, programArgs, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const waiting = new Map<number, Settle>()
  let asked = 0

  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const fail = (why: string) => {
    for (const { reject } of waiting.values()) reject(new Error(`${file} ${why}`))
    waiting.clear()
  }
  child.once('error', error => fail(`could not be started: ${error.message}`))
  child.once('exit', (code, signal) => fail(`ended before it answered (${signal ?? `exit code ${code}`})`))
  child.on('message', (answer: Answer) => {
    const question = waiting.get(answer.id)
    waiting.delete(answer.id)
    if (answer.ok) question?.resolve(answer.value)
    else question?.reject(new Error(`${file}: ${answer.error}`))
  })

  return {
    ask(name, ...argument) {
      const id = asked++
      const answer = new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }))
      const question: Question = { id, name, argument: argument[0] }
      child.send(question, error => error && fail(`cannot be asked: ${error.message}`))
      // Both ends are typed by the same commands, and only they use this channel.
      return answer as Promise<Awaited<ReturnType<C[typeof name]>>>
    },
    async stop(signal = 'SIGKILL') {
      child.kill(signal)
      await ended
    },
  }
}

/** In the child: answers what the parent asks, and ends when the parent does. */
export function answerCommands(commands: Commands): void {
  process.once('disconnect', () => process.exit())
  if (!process.connected) process.exit() // the parent ended while this process was starting
  process.on('message', async ({ id, name, argument }: Question) => {
    process.send?.(
      await runCommand(commands, name, argument).then(
        (value): Answer => ({ id, ok: true, value }),
        (error): Answer => ({ id, ok: false, error: error instanceof Error ? error.message : String(error) }),
      ),
    )
  })
}

async function runCommand(commands: Commands, name: string, argument: unknown): Promise<unknown> {
  const command = commands[name]
  if (command === undefined) throw new Error(`there is no command '${name}'`)
  // The parent's `ask` is typed by the same commands.
  return command(argument as never)
}

/** Resolves as the work does; rejects with the complaint when it takes longer than `ms`. */
export function withTimeout<T>(work: Promise<T>, ms: number, complaint: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${complaint} (${ms / 1000} s)`)), ms)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
