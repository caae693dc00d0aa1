import { spawnSync } from 'node:child_process'

/** Whether a process can be kept on core 0 and another on core 1: Linux with taskset and at least these two cores. */
export const canPin: boolean = [0, 1].every(core => spawnSync('taskset', ['-c', String(core), 'true']).status === 0)

/** What to put before a command line so that it stays on the core; nothing where it cannot. */
export const pinnedTo = (core: number | undefined): string[] =>
  core === undefined || !canPin ? [] : ['taskset', '-c', String(core)]
