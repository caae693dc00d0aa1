import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { freePort } from '../support/free-port.ts'
import { snippets } from '../support/snippets.ts'
import { temporaryRedis, until } from '../support/temporary-redis.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'neph-packages-'))
})
afterAll(() => rm(folder, { recursive: true }))

type Ended = { code: number; out: string; err: string }

function run(
  program: string,
  args: readonly string[],
  cwd: string,
  environment: Record<string, string> = {},
): Promise<Ended> {
  // npm writes its logs and its cache at home
  const env = { PATH: process.env.PATH ?? '', HOME: folder, ...environment }
  return new Promise(resolve => {
    const child = execFile(program, args, { cwd, env }, (_, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    )
  })
}

const Packed = z.array(z.object({ filename: z.string(), files: z.array(z.object({ path: z.string() })) }))

/** `npm pack` of a package, without building it again. @returns the archive, and the files in it */
async function pack(cwd: string): Promise<{ archive: string; files: string[] }> {
  const { out, err, code } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], cwd)
  if (code !== 0) throw new Error(err)
  const [packed] = Packed.parse(JSON.parse(out))
  return { archive: path.join(folder, packed?.filename ?? ''), files: packed?.files.map(one => one.path) ?? [] }
}

async function freshProject(name: string): Promise<string> {
  const project = path.join(folder, name)
  await mkdir(path.join(project, 'node_modules'), { recursive: true })
  await writeFile(path.join(project, 'package.json'), '{ "type": "module", "private": true }')
  return project
}

describe('@nephoscope/client', () => {
  let project: string
  beforeAll(async () => {
    const { archive, files } = await pack(path.join(root, 'dist/packages/client'))
    const types = ['index.d.ts', 'messages.d.ts', 'records.d.ts', 'request.d.ts', 'watch.d.ts']
    expect(files.sort()).toEqual(['LICENSE', 'README.md', 'index.js', 'package.json', ...types].sort())
    project = await freshProject('client')
    const installed = await run('npm', ['install', archive, '--offline', '--ignore-scripts', '--no-audit'], project)
    expect(installed).toMatchObject({ code: 0 })
  })

  test('is small, and imports nothing', async () => {
    const code = await readFile(path.join(project, 'node_modules/@nephoscope/client/index.js'))
    expect(gzipSync(code).length).toBeLessThan(12 * 1024)
    expect(code.toString()).not.toMatch(/\bimport\b/)
  })

  test.each(['nodenext', 'bundler'])('has types that a strict compiler takes (%s)', async resolution => {
    const own = snippets.filter(({ library }) => library === '@nephoscope/client')
    for (const [n, { code }] of own.entries()) await writeFile(path.join(project, `program-${n}.ts`), code)
    await writeFile(path.join(project, 'typed.ts'), typedProgram)
    const module = resolution === 'nodenext' ? 'nodenext' : 'esnext'
    const options = ['--strict', '--noEmit', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess']
    const files = ['typed.ts', ...own.map((_, n) => `program-${n}.ts`)]
    const lib = ['--lib', 'es2022,dom', '--target', 'es2022', '--module', module, '--moduleResolution', resolution]
    const tsc = path.join(root, 'node_modules/typescript/bin/tsc')
    expect(await run(process.execPath, [tsc, ...options, ...lib, ...files], project)).toMatchObject({
      code: 0,
      out: '',
    })
  })

  test('runs where it is installed', async () => {
    const url = `http://127.0.0.1:${await freePort()}`
    const code = `import { fetchSnapshot, watch } from '@nephoscope/client'
      const asked = await fetchSnapshot({ url: '${url}' }).catch(error => error.message)
      const watching = watch({ url: '${url}', onEvent() {}, onState: ({ state }) => state === 'waiting' && watching.close() })
      await watching.done
      console.log(asked)`
    await writeFile(path.join(project, 'run.js'), code)
    expect(await run(process.execPath, ['run.js'], project)).toEqual({ code: 0, out: 'fetch failed\n', err: '' })
  })
})

/** What a program may expect of the types. */
const typedProgram = `
import { type Event, fetchSnapshot, type Incident, NephoscopeError, watch } from '@nephoscope/client'

const titles: string[] = []
function tell(event: Event): void {
  if (event.type === 'incident.opened') titles.push(event.data.title, ...event.data.regions)
  // @ts-expect-error: a region's status has no title
  if (event.type === 'region.status') titles.push(event.data.title)
}
const watching = watch({ url: 'http://localhost:3000', token: undefined, onEvent: tell, since: null })
const snapshot = await fetchSnapshot({ url: new URL('http://localhost:3000') })
const open: Incident[] = snapshot.incidents.filter(({ status }) => status !== 'resolved')
// @ts-expect-error: it is no status
snapshot.statuses[0]?.status === 'fine'
watching.done.catch(error => (error instanceof NephoscopeError ? error.status + open.length : watching.since))
`

describe('nephoscope', () => {
  let project: string
  let installed: string
  beforeAll(async () => {
    const { archive, files } = await pack(root)
    expect(files).toEqual(
      expect.arrayContaining(['dist/nephoscope.js', 'dist/server.js', 'dist/workers.js', 'LICENSE']),
    )
    expect(files.filter(file => /^(?:test|bench|client|launch)\/|\.map$|[.]env|secret/.test(file))).toEqual([])
    project = await freshProject('nephoscope')
    installed = path.join(project, 'node_modules/nephoscope')
    await mkdir(installed)
    expect(await run('tar', ['-xzf', archive, '--strip-components=1', '-C', installed], project)).toMatchObject({
      code: 0,
    })
    // The registry may be out of reach: what it depends on is what is installed here, and nothing else.
    const { dependencies } = z
      .object({ dependencies: z.record(z.string(), z.string()) })
      .parse(JSON.parse(await readFile(path.join(installed, 'package.json'), 'utf8')))
    for (const name of Object.keys(dependencies)) {
      const place = path.join(project, 'node_modules', name)
      await mkdir(path.dirname(place), { recursive: true })
      await symlink(path.join(root, 'node_modules', name), place)
    }
  })

  test('its command runs where it is installed, and serves models', async () => {
    const { bin, version } = z
      .object({ bin: z.object({ nephoscope: z.string() }), version: z.string() })
      .parse(JSON.parse(await readFile(path.join(installed, 'package.json'), 'utf8')))
    const command = path.join(installed, bin.nephoscope)
    expect(await readFile(command, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
    expect(await run(process.execPath, [command, '--version'], project)).toEqual({
      code: 0,
      out: `${version}\n`,
      err: '',
    })
    const here = { NEPHOSCOPE_URL: `http://127.0.0.1:${await freePort()}` }
    expect((await run(process.execPath, [command, 'status'], project, here)).code).toBe(3)
    expect((await run(process.execPath, [command, 'detect'], project, here)).code).toBe(2)
  })

  test('its server runs from the package, with its catalogue and its page', async () => {
    const redis = await temporaryRedis()
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    const server = execFile(process.execPath, [path.join(installed, 'dist/server.js')], {
      cwd: project,
      env: { PATH: process.env.PATH ?? '', REDIS_URL: redis.url, PORT: String(port) },
    })
    await until(async () => (await fetch(`${url}/readyz`).catch(() => null))?.ok === true, 'the server')
    expect(await (await fetch(url)).text()).toContain('<title>')
    const command = path.join(installed, 'dist/nephoscope.js')
    const asked = await run(process.execPath, [command, 'regions', '--limit', '2'], project, { NEPHOSCOPE_URL: url })
    expect(asked.out.trim().split('\n')).toHaveLength(2)
    server.kill('SIGKILL')
    await redis.close()
  })
})
