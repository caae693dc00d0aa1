import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ensureBuilt } from './build.ts'
import { Failure, run, step } from './command.ts'
import { ensureChromium, ensureFaketime, ensureNginx, ensurePrometheus } from './programs.ts'
import { requireRedis } from './redis.ts'
import { fromRoot } from './settings.ts'

/**
 * `npm test`: builds, then the static checks of `npm run check`, all at once, and all tests. `npm run test:faults`: the
 * long fault runs alone. Both install what is missing and end at the first step that fails.
 */
export async function test(): Promise<void> {
  const startedAt = Date.now()
  const isFaultRun = process.argv[2] === 'faults'
  const env = await ensureTestPrograms()
  await ensureBuilt()
  if (isFaultRun) await ensureFaketime()
  else await step('Checking types, style and rooms', () => runChecks(env))

  const folder = mkdtempSync(path.join(tmpdir(), 'nephoscope-test-'))
  const report = path.join(folder, 'report.json')
  const config = isFaultRun ? ['--config', 'test/faults.config.ts'] : []
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  try {
    await run('vitest', ['run', ...config, ...reporters], { env })
  } finally {
    console.log(`All in ${Math.round((Date.now() - startedAt) / 1000)} s`)
    console.log(testResult(report))
    rmSync(folder, { recursive: true, force: true })
  }
}

const BENCHMARK_SUFFIX = '.bench.ts'

/** `npm run bench [-- name …]`: the named benchmarks, or all, one after the other; fails when one of them failed. */
export async function bench(): Promise<void> {
  const all = readdirSync(fromRoot('bench'))
    .filter(file => file.endsWith(BENCHMARK_SUFFIX))
    .map(file => file.slice(0, -BENCHMARK_SUFFIX.length))
  const named = process.argv.slice(2)
  const unknown = named.find(name => !all.includes(name))
  if (unknown !== undefined) throw new Failure(`There is no benchmark '${unknown}': the names are ${all.join(', ')}`, 2)

  const env = await ensureTestPrograms()
  await ensureBuilt()
  const failed: string[] = []
  for (const name of named.length > 0 ? named : all) {
    console.log(`\n${name}`)
    await run(process.execPath, ['--import', 'tsx', `bench/${name}${BENCHMARK_SUFFIX}`], { env }).catch(error => {
      if (!(error instanceof Failure)) throw error
      failed.push(name)
    })
  }
  if (failed.length > 0) throw new Failure(`Failed: ${failed.join(', ')}`)
}

async function ensureTestPrograms(): Promise<Record<string, string>> {
  const REDIS_SERVER = await requireRedis(process.env)
  const NGINX = await ensureNginx()
  const PROMETHEUS = await ensurePrometheus()
  return { REDIS_SERVER, NGINX, PROMETHEUS, CHROMIUM: await ensureChromium(process.env) }
}

/** Each check takes a single processor for most of its time. What each that fails has to say is shown. */
async function runChecks(env: Record<string, string>): Promise<void> {
  const { scripts }: { scripts: { check: string } } = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8'))
  const checks = scripts.check.split(' && ').map(check => run(check, [], { env, quiet: true, shell: true }))
  const failed = (await Promise.allSettled(checks)).flatMap(check =>
    check.status === 'rejected' ? [check.reason] : [],
  )
  for (const error of failed) if (!(error instanceof Failure)) throw error
  if (failed.length > 0) throw new Failure(failed.map(({ message }) => message).join('\n\n'))
}

type Report = {
  numPassedTests: number
  numFailedTests: number
  testResults: { status: string; assertionResults: unknown[] }[]
}

/**
 * The outcome of a test run in one line for scripts: `N passed, N failed`. A missing report counts as a failure.
 * @see https://vitest.dev/guide/reporters.html#json-reporter
 */
function testResult(file: string): string {
  const { numPassedTests, numFailedTests, testResults } = readReport(file)
  // A file that could not even be loaded has failed without a test of its own.
  const unloaded = testResults.filter(result => result.status === 'failed' && result.assertionResults.length === 0)
  return `${numPassedTests} passed, ${numFailedTests + unloaded.length} failed`
}

function readReport(file: string): Report {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { numPassedTests: 0, numFailedTests: 1, testResults: [] }
  }
}
