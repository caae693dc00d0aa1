import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import type { BuildOptions } from 'esbuild'
import { buildClientPackage, CLIENT_PACKAGE } from './client-package.ts'
import { Failure, run, step } from './command.ts'
import { fromRoot } from './settings.ts'

const roles = { server: 'server/main.ts', workers: 'workers/main.ts', simulator: 'test/simulator/main.ts' }
export type Role = keyof typeof roles

const tools = {
  'workers-healthcheck': 'workers/healthcheck.ts',
  'workers-detect': 'workers/detect-main.ts',
  'workers-notify': 'workers/notify-main.ts',
  'workers-opml': 'workers/opml-main.ts',
  'workers-stack': 'workers/stack-main.ts',
  'workers-vendors': 'workers/vendors-main.ts',
  'ops-backup': 'ops/backup-main.ts',
  'ops-restore': 'ops/restore-main.ts',
  'ops-doctor': 'ops/doctor-main.ts',
  nephoscope: 'programs/cli/main.ts',
  'nephoscope-mcp': 'programs/cli/mcp-main.ts',
}

export const bundleOf = (name: Role | keyof typeof tools): string => fromRoot('dist', `${name}.js`)

/** All in dist/, one level below the root like server/ and workers/, where addresses relative to the file hold too. */
const bundleOptions = {
  absWorkingDir: fromRoot(),
  entryPoints: { ...roles, ...tools },
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  packages: 'external',
  sourcemap: true,
  sourcesContent: false,
  logLevel: 'silent',
} satisfies BuildOptions

/** `npm run build`: the bundles into dist/, the client into dist/client, and the build's id into dist/build.json. */
export async function build(): Promise<void> {
  // What a test or a person builds is what is shipped.
  process.env.NODE_ENV = 'production'
  const wanted = wantedBuild()
  const present = presentBuild()
  if (present?.build === wanted.build) return console.log(`Build ${wanted.build} is in dist/ already`)
  // Gone while we write: a build that is cut short does not count as a whole one.
  forgetBuild()
  const { build: bundle } = await import('esbuild')
  await step('Building the roles', () => reportErrors(bundle(bundleOptions)))
  await keepParsed()
  await step('Building the package for programs', () => reportErrors(buildClientPackage()))
  if (present?.client === wanted.client) console.log('The client has not changed')
  else {
    const vite = await import('vite')
    await step('Building the client', () => reportErrors(vite.build({ logLevel: 'warn' })))
    await compress(fromRoot('dist/client'))
  }
  writeFileSync(buildFile, `${JSON.stringify(wanted)}\n`)
  console.log(`Build ${wanted.build} is in dist/`)
}

/** Roles read regions and vendors from YAML, which they need not parse again: `shared/yaml/parsed-yaml.ts` reads this. */
async function keepParsed(): Promise<void> {
  const { parse } = await import('yaml')
  const files = ['shared/regions', 'shared/vendors'].flatMap(filesIn).filter(file => file.endsWith('.yaml'))
  const texts = files.map(file => readFileSync(fromRoot(file), 'utf8'))
  const values = texts.map(text => [createHash('sha256').update(text).digest('hex'), parse(text)])
  writeFileSync(fromRoot('dist/parsed.json'), JSON.stringify(Object.fromEntries(values)))
}

/** An error in the sources ends the command with its message alone. */
const reportErrors = (building: Promise<unknown>): Promise<unknown> =>
  building.catch(error => {
    throw new Failure(error instanceof Error ? error.message : String(error))
  })

/** Builds when dist/ does not hold the present sources; in another process, so that ours stays small. */
export async function ensureBuilt(options?: { quiet: boolean }): Promise<void> {
  if (!isBuildFresh()) await run(process.execPath, [fromRoot('launch/bootstrap.mjs'), 'build'], options)
}

/** A build: its id, which a server sends to its pages, and a digest of what its client was made from. */
type Build = { build: string; client: string }

const buildFile = fromRoot('dist/build.json')

export const isBuildFresh = (): boolean => presentBuild()?.build === wantedBuild().build

export const forgetBuild = (): void => rmSync(buildFile, { force: true })

/** The build in dist/; undefined when there is none, or not a whole one. */
export function presentBuild(): Build | undefined {
  const files = [
    fromRoot('dist/client/index.html'),
    path.join(CLIENT_PACKAGE, 'index.js'),
    ...(Object.keys(roles) as Role[]).map(bundleOf),
  ]
  if (!files.every(file => existsSync(file))) return undefined
  try {
    return JSON.parse(readFileSync(buildFile, 'utf8'))
  } catch {
    return undefined
  }
}

/** What a build of the present sources would be. Contents are compared, not dates: a checkout changes those. */
function wantedBuild(): Build {
  const client = digestFiles(['client', 'shared/domain', 'shared/services', 'shared/vendors', ...configurationFiles()])
  const builders = ['programs', 'launch/build.ts', 'launch/client-package.ts']
  const code = ['server', 'workers', 'ops', 'shared', 'test/simulator', ...builders, ...configurationFiles()]
  return { build: createHash('sha256').update(client).update(digestFiles(code)).digest('hex').slice(0, 12), client }
}

const configurationFiles = (): string[] =>
  readdirSync(fromRoot()).filter(name => /^(?:package-lock\.json|tsconfig\.json|\w+\.config\.\w+)$/.test(name))

/** A digest of the names and contents of these files, and of every file in these folders. */
function digestFiles(places: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of places.flatMap(filesIn).sort()) {
    const content = createHash('sha256').update(readFileSync(fromRoot(file)))
    hash.update(`${file}\0`).update(content.digest())
  }
  return hash.digest('hex')
}

function filesIn(place: string): string[] {
  if (!existsSync(fromRoot(place))) return []
  if (path.extname(place)) return [place]
  return readdirSync(fromRoot(place), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.relative(fromRoot(), path.join(entry.parentPath, entry.name)))
}

/** Below this size a compressed file saves no packet. */
const MIN_COMPRESSED_BYTES = 1_024
const TEXT_FILE = /\.(?:css|html|js|json|svg|webmanifest)$/

/** Writes a `.br` and a `.gz` beside each text file of a folder, as small as possible, for the server to send. */
async function compress(dir: string): Promise<void> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile() && TEXT_FILE.test(entry.name))
  await Promise.all(
    files.map(async entry => {
      const file = path.join(entry.parentPath, entry.name)
      const bytes = await readFile(file)
      if (bytes.length < MIN_COMPRESSED_BYTES) return
      const [br, gz] = await Promise.all([promisify(brotliCompress)(bytes), promisify(gzip)(bytes, { level: 9 })])
      await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)])
    }),
  )
}

/** Keeps a role's bundle up to date. Returns after its first build without errors; `onChange` follows later ones. */
export async function watchBundle(role: Role, onChange: () => void): Promise<void> {
  const { context } = await import('esbuild')
  let onBuilt = () => {}
  const isBuilt = new Promise<void>(resolve => {
    onBuilt = () => {
      onBuilt = onChange
      resolve()
    }
  })
  const report = {
    name: 'report-builds',
    setup: (build: import('esbuild').PluginBuild) =>
      build.onEnd(({ errors }) => {
        if (errors.length === 0) onBuilt()
      }),
  }
  const watching = await context({ ...bundleOptions, entryPoints: { [role]: roles[role] }, plugins: [report] })
  await watching.watch()
  await isBuilt
}
