import { cleanLines } from '../shared/terminal.ts'
import { gatherHost } from './doctor/gather-host.ts'
import { gatherRedis } from './doctor/gather-redis.ts'
import { asJson, asLines, isWell, judge } from './doctor/report.ts'
import { openStore } from './store.ts'

/**
 * `npm run doctor`: prints one line per check; exit code 1 if something is wrong. `--json` is for programs. With
 * `--build=fresh` or `--build=stale` the launcher, which has the sources, passes on the state of the build.
 */
const args = process.argv.slice(2)
const known = ['--json', '--build=fresh', '--build=stale']
const unknown = args.find(arg => !known.includes(arg))
if (unknown !== undefined) {
  process.stderr.write(`There is no option ${unknown}: use --json, or none\n`)
  process.exit(2)
}
const build = args.includes('--build=fresh') ? 'fresh' : args.includes('--build=stale') ? 'stale' : null

const host = await gatherHost(process.env, build, new URL('..', import.meta.url))
const opened = await openStore(process.env, 'doctor')
const redis = opened.ok
  ? await gatherRedis(opened.value).catch((error: Error) => ({ error: `Redis answers no command: ${error.message}` }))
  : opened
const findings = judge({ now: Date.now(), host, redis })
const report = args.includes('--json') ? asJson(findings) : cleanLines(asLines(findings).join('\n'))
// A pending connection would keep the process alive for a while.
process.stdout.write(`${report}\n`, () => process.exit(isWell(findings) ? 0 : 1))
