import { execFileSync } from 'node:child_process'

const USUAL = '10000,15000'
/** Descriptors that a process needs beside one a client. */
const SPARE = 100

/** How many clients there shall be, one number after the other: BENCH_CLIENTS, and no more than a process may hold open. */
export function clientCounts(environment: NodeJS.ProcessEnv): number[] {
  const possible = openFilesLimit() - SPARE
  return (environment.BENCH_CLIENTS || USUAL).split(',').map(text => {
    const wanted = Number(text)
    // a whole number for each of the thousand channels in which some of the figures are taken
    if (!Number.isSafeInteger(wanted) || wanted < 1_000 || wanted % 1_000 !== 0)
      throw new Error(`BENCH_CLIENTS is '${environment.BENCH_CLIENTS}': give thousands, such as 10000,15000`)
    if (wanted <= possible) return wanted
    const fewer = Math.max(1_000, Math.floor(possible / 1_000) * 1_000)
    console.log(`Only ${fewer} of ${wanted} clients: raise the open-files limit (ulimit -n ${wanted + SPARE})`)
    return fewer
  })
}

/** Node raises its own limit to the hard one when it starts, and its children inherit that. */
function openFilesLimit(): number {
  const limit = execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim()
  return limit === 'unlimited' ? Number.POSITIVE_INFINITY : Number(limit)
}
