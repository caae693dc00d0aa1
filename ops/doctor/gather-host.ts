import { access, constants, readFile, statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { z } from 'zod'
import { Settings as ServerSettings } from '../../server/settings.ts'
import { parseEnvironment } from '../../shared/environment.ts'
import { nearestWord } from '../../shared/yaml/yaml-file.ts'
import { loadKnownNames } from '../../workers/config/known-names.ts'
import { loadSources } from '../../workers/config/sources-file.ts'
import { Settings as WorkersSettings } from '../../workers/settings.ts'

export type HostFacts = {
  /** For example `20.19.0`. */
  node: string
  /** Whether dist/ was built from the present sources; null if unknown, as in an image without them. */
  build: 'fresh' | 'stale' | null
  /** The error of each role's environment; null if it is valid. */
  settings: { server: string | null; workers: string | null }
  /** Unknown variables with our prefix, and the similar known one. */
  strayVariables: readonly { name: string; meant: string | null }[]
  sources: { file: string; problems: readonly string[]; kinds: Readonly<Record<string, number>> }
  /** What answers at the server's address; null if the settings are invalid. */
  port: { at: string; found: PortFound } | null
  /** The file system of NEPHOSCOPE_DATA, in bytes; or why it cannot be used. */
  disk: { dir: string; free: number; total: number } | { dir: string; error: string }
  /** The limit of open files and sockets per process; null if unknown or unlimited. */
  openFiles: number | null
}

/** `ready`, `unready`: our server answers. `another`: another program does. Else a system error, such as EACCES. */
export type PortFound = 'ready' | 'unready' | 'another' | 'free' | { code: string }

type Environment = Record<string, string | undefined>

const ANSWER_TIMEOUT_MS = 3_000
const MAX_PROBLEMS = 5

/** Reads facts about this machine and its settings. @param root the project's folder */
export async function gatherHost(environment: Environment, build: HostFacts['build'], root: URL): Promise<HostFacts> {
  const server = parseEnvironment(ServerSettings, environment)
  const workers = parseEnvironment(WorkersSettings, environment)
  return {
    node: process.versions.node,
    build,
    settings: { server: server.ok ? null : server.error, workers: workers.ok ? null : workers.error },
    strayVariables: strayVariables(environment),
    sources: await lookAtSources(environment.NEPHOSCOPE_CONFIG || 'config/sources.yaml', environment, root),
    port: server.ok ? await lookAtPort(server.value.HOST, server.value.PORT) : null,
    disk: await lookAtDisk(path.resolve(environment.NEPHOSCOPE_DATA || '.data')),
    openFiles: openFiles(),
  }
}

function strayVariables(environment: Environment): HostFacts['strayVariables'] {
  const known = [...Object.keys(ServerSettings.shape), ...Object.keys(WorkersSettings.shape), 'NEPHOSCOPE_DATA']
  return Object.keys(environment)
    .filter(name => name.startsWith('NEPHOSCOPE_') && !known.includes(name))
    .map(name => ({ name, meant: nearestWord(name, known) }))
}

async function lookAtSources(file: string, environment: Environment, root: URL): Promise<HostFacts['sources']> {
  const known = await loadKnownNames(new URL('shared/', root))
  const loaded = await loadSources(file, environment, name => readFile(name, 'utf8'), known)
  if (!loaded.sources.ok) {
    const lines = loaded.sources.error.split('\n')
    const more = lines.length - MAX_PROBLEMS
    return { file, kinds: {}, problems: [...lines.slice(0, MAX_PROBLEMS), ...(more > 0 ? [`and ${more} more`] : [])] }
  }
  const kinds: Record<string, number> = {}
  for (const { kind } of loaded.sources.value.sources) kinds[kind] = (kinds[kind] ?? 0) + 1
  return { file, problems: [], kinds }
}

/** Checks whether our server answers at this address; if nothing does, tries to listen there. */
async function lookAtPort(host: string, port: number): Promise<HostFacts['port']> {
  const asked = ['0.0.0.0', '::', ''].includes(host) ? '127.0.0.1' : host
  const at = `http://${asked.includes(':') ? `[${asked}]` : asked}:${port}`
  try {
    const answer = await fetch(`${at}/readyz`, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS), redirect: 'manual' })
    const ours = z.object({ ready: z.boolean() }).safeParse(await answer.json().catch(() => null))
    return { at, found: !ours.success ? 'another' : ours.data.ready ? 'ready' : 'unready' }
  } catch {
    return { at, found: await tryToListen(host, port) }
  }
}

const tryToListen = (host: string, port: number): Promise<PortFound> =>
  new Promise(resolve => {
    const server = createServer()
    server.on('error', (error: NodeJS.ErrnoException) => resolve({ code: error.code ?? error.message }))
    server.listen({ host, port }, () => server.close(() => resolve('free')))
  })

/** The facts of the folder, or of its nearest existing parent, as the launcher creates the rest. */
async function lookAtDisk(dir: string): Promise<HostFacts['disk']> {
  try {
    const { bavail, blocks, bsize } = await statfs(dir)
    await access(dir, constants.W_OK)
    return { dir, free: bavail * bsize, total: blocks * bsize }
  } catch (error) {
    const above = path.dirname(dir)
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT' && above !== dir) return lookAtDisk(above)
    return { dir, error: error instanceof Error ? error.message : String(error) }
  }
}

/** @see https://nodejs.org/api/report.html */
function openFiles(): number | null {
  const Report = z.object({ userLimits: z.object({ open_files: z.object({ soft: z.coerce.number() }) }) })
  // Without this the report resolves the names of open connections, and waits for an unreachable DNS.
  Object.assign(process.report, { excludeNetwork: true })
  const report = Report.safeParse(process.report.getReport())
  const limit = report.success ? report.data.userLimits.open_files.soft : Number.NaN
  return Number.isFinite(limit) ? limit : null
}
