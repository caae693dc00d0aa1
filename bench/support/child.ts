import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Answer, Commands, Question } from './commands.ts'
import { pinnedTo } from './cores.ts'

/** A process that does part of a benchmark, so that it has its own event loop, its own memory and its own bill. */
export type Child<C extends Commands> = {
  /** Rejects when the command failed or the process ended before it answered. */
  ask<N extends keyof C & string>(name: N, ...argument: Parameters<C[N]>): Promise<Awaited<ReturnType<C[N]>>>
  stop(): Promise<void>
}

export type ChildOptions = {
  /** The core on which it stays, where cores can be chosen. */
  core?: number
  /** Further flags of Node. */
  flags?: readonly string[]
}

/** Starts a module that calls `answerCommands`, in a Node with the flags of this one. */
export function startChild<C extends Commands>(module: URL, { core, flags = [] }: ChildOptions = {}): Child<C> {
  const file = fileURLToPath(module)
  const [program, ...args] = [...pinnedTo(core), process.execPath, ...process.execArgv, ...flags, file]
  const child = spawn(program ?? process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
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
      // Both ends are typed by the same commands, and nobody else speaks on this channel.
      return answer as Promise<Awaited<ReturnType<C[typeof name]>>>
    },
    async stop() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

type Settle = { resolve(value: unknown): void; reject(error: Error): void }
