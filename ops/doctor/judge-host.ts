import { type Finding, fine, look, size, wrong } from './finding.ts'
import type { HostFacts } from './gather-host.ts'

/** The same as `engines` in package.json. */
const OLDEST_NODE = [20, 19] as const
/** Limits of free bytes for `wrong` and `look`. */
const NO_ROOM = 200e6
const LITTLE_ROOM = 2e9
/** Open files of a process beside its clients' sockets: Redis, the build, the log, requests to sources. */
const OTHER_FILES = 200
/** A lower limit is the default of a desktop. */
const FEW_SOCKETS = 4_000

export function judgeHost(host: HostFacts): Finding[] {
  return [
    node(host.node),
    ...build(host.build),
    ...settings(host),
    ...sources(host.sources),
    ...(host.port ? [port(host.port)] : []),
    disk(host.disk),
    ...openFiles(host.openFiles),
  ]
}

function node(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldest, oldestMinor] = OLDEST_NODE
  return major > oldest || (major === oldest && minor >= oldestMinor)
    ? fine('node', `Node ${version}`)
    : wrong('node', `Node ${version} is too old`, `install Node ${oldest}.${oldestMinor} or newer`)
}

function build(found: HostFacts['build']): Finding[] {
  if (found === null) return []
  const says = 'dist/ was built from other sources than those that are here'
  const mend = 'npm run build, then start the roles again; npm start does both'
  return [found === 'fresh' ? fine('build', 'dist/ holds the sources as they are') : look('build', says, mend)]
}

function settings({ settings: { server, workers }, strayVariables }: HostFacts): Finding[] {
  const mend = 'correct it where the roles get their environment from; docs/operations.md has all variables'
  const problems = [...new Set([server, workers])].filter(line => line !== null)
  return [
    ...(problems.length === 0
      ? [fine('settings', 'both roles take them')]
      : problems.map(line => wrong('settings', line, mend))),
    ...strayVariables.map(({ name, meant }) => {
      const mend = meant === null ? 'remove it' : `perhaps ${meant} was meant`
      return look('settings', `${name} is set, and nobody reads it`, mend)
    }),
  ]
}

function sources({ file, problems, kinds }: HostFacts['sources']): Finding[] {
  const mend = 'correct it: workers that run keep the list from before, others do not start'
  if (problems.length > 0) return problems.map(line => wrong('sources file', line, mend))
  const counts = Object.entries(kinds).sort(([, a], [, b]) => b - a)
  if (counts.length === 0)
    return [look('sources file', `${file} names no source`, 'add some: npm run detect -- <address> tells the line')]
  return [fine('sources file', `${file}: ${counts.map(([kind, count]) => `${count} ${kind}`).join(', ')}`)]
}

function port({ at, found }: NonNullable<HostFacts['port']>): Finding {
  const mend = 'it has no view yet, or has lost Redis: see what is said of Redis here, and its log'
  switch (found) {
    case 'ready':
      return fine('server', `answers at ${at} and is ready`)
    case 'unready':
      return wrong('server', `answers at ${at} and is not ready`, mend)
    case 'another':
      return wrong('server', `${at} is answered by another program`, 'stop that, or choose another PORT')
    case 'free':
      return look('server', `nobody listens at ${at}`, 'npm start or npm run server, unless servers run elsewhere')
    default: {
      const mend = portMends[found.code] ?? 'choose another HOST or PORT'
      return wrong('server', `${at} cannot be listened at (${found.code})`, mend)
    }
  }
}

const portMends: Record<string, string> = {
  EACCES: 'ports below 1024 want root: choose a higher PORT and put a proxy in front',
  EADDRINUSE: 'another program holds it and does not answer: stop that, or choose another PORT',
  EADDRNOTAVAIL: 'HOST is no address of this machine: use 127.0.0.1, or 0.0.0.0 for all',
}

function disk(facts: HostFacts['disk']): Finding {
  const { dir } = facts
  const right = 'make the folder, give this user the right to write there, or set NEPHOSCOPE_DATA'
  if ('error' in facts) return wrong('disk', `${dir} cannot be used: ${facts.error}`, right)
  const says = `${size(facts.free)} of ${size(facts.total)} free under ${dir}`
  const mend = 'make room, or move NEPHOSCOPE_DATA: without room Redis stops writing'
  if (facts.free < NO_ROOM) return wrong('disk', says, mend)
  return facts.free < LITTLE_ROOM ? look('disk', says, mend) : fine('disk', says)
}

function openFiles(limit: number | null): Finding[] {
  if (limit === null) return []
  const sockets = Math.max(0, limit - OTHER_FILES)
  const says = `${limit} per process: about ${sockets} sockets of each server`
  const mend = 'raise it where the server starts: ulimit -n 65536, LimitNOFILE= in a systemd unit'
  return [sockets < FEW_SOCKETS ? look('open files', says, mend) : fine('open files', says)]
}
