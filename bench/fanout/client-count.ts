import { execFileSync } from 'node:child_process'

const USUAL = 5_000
/** Descriptors that a process needs beside one a client. */
const SPARE = 100

/** How many clients there shall be: BENCH_CLIENTS, and no more than a process may hold open. */
export function clientCount(environment: NodeJS.ProcessEnv): number {
  const wanted = Number(environment.BENCH_CLIENTS || USUAL)
  if (!Number.isSafeInteger(wanted) || wanted < 1) {
    throw new Error(`BENCH_CLIENTS is '${environment.BENCH_CLIENTS}': give a whole number above 0`)
  }
  const possible = openFilesLimit() - SPARE
  if (wanted <= possible) return wanted
  console.log(`Only ${possible} of ${wanted} clients: raise the open-files limit (ulimit -n ${wanted + SPARE})`)
  return possible
}

/** Node raises its own limit to the hard one when it starts, and its children inherit that. */
function openFilesLimit(): number {
  const limit = execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim()
  return limit === 'unlimited' ? Number.POSITIVE_INFINITY : Number(limit)
}
