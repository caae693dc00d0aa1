import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { keepRunning } from '../../launch/supervisor.ts'

/** A program that runs this code in a Node of its own. */
const program = (code: string, graceMs = 2_000) => ({
  name: 'role',
  graceMs,
  start: () => spawn(process.execPath, ['-e', code], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] }),
  end: (child: ReturnType<typeof spawn>) => child.kill('SIGTERM'),
})

const listen = () => {
  const said: string[] = []
  const refused: string[] = []
  return { said, refused, say: (line: string) => said.push(line), onRefused: (name: string) => refused.push(name) }
}

describe('keepRunning', () => {
  it('starts a program that died again, each time after twice as long', async () => {
    const heard = listen()
    const kept = keepRunning(program('process.exit(1)'), heard)
    await expect.poll(() => heard.said, { timeout: 10_000 }).toHaveLength(2)
    await kept.stop()
    expect(heard.said).toEqual([
      'role ended (exit code 1): starting it again in 1 s',
      'role ended (exit code 1): starting it again in 2 s',
    ])
  })

  it('gives up on a program that refuses its settings', async () => {
    const heard = listen()
    keepRunning(program('process.exit(2)'), heard)
    await expect.poll(() => heard.refused, { timeout: 10_000 }).toEqual(['role'])
    expect(heard.said).toEqual([])
  })

  it('kills a program that does not end when asked, and what it started', async () => {
    const child = `require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])`
    const stubborn = program(
      `process.on('SIGTERM', () => {}); ${child}; console.log('up'); setInterval(() => {}, 1000)`,
      300,
    )
    const started = stubborn.start()
    const kept = keepRunning({ ...stubborn, start: () => started }, listen())
    if (started.stdout) await once(started.stdout, 'data')
    await kept.stop()
    await expect.poll(() => isRunning(-(started.pid ?? 0)), { timeout: 10_000 }).toBe(false)
    expect(started.signalCode).toBe('SIGKILL')
  })

  it('stops a program that waits to be started again', async () => {
    const heard = listen()
    const kept = keepRunning(program('process.exit(1)'), heard)
    await expect.poll(() => heard.said, { timeout: 10_000 }).toHaveLength(1)
    await kept.stop()
    await new Promise(resolve => setTimeout(resolve, 1_500))
    expect(heard.said).toHaveLength(1)
  })
})

/** @param pid negative: any process of the group */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
