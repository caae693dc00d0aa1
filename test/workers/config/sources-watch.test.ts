import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { formatUse } from '../../../shared/domain/stack.ts'
import { type Known, loadKnownNames } from '../../../workers/config/known-names.ts'
import { loadSources, watchSources } from '../../../workers/config/sources-file.ts'
import { until } from '../../support/temporary-redis.ts'

const feed = (id: string) => `feeds: [{ id: ${id}, url: 'https://${id}.example.com/feed' }]\n`

let dir: string
let file: string
let taken: string[][]
let errors: string[]
let known: Known | undefined
let refusing: boolean
let whenLoaded: () => Promise<void>
let watching: ReturnType<typeof watchSources>

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'neph-watch-'))
  file = path.join(dir, 'sources.yaml')
  await writeFile(file, feed('first'))
  taken = []
  known = undefined
  errors = []
  refusing = false
  whenLoaded = async () => {}
  const read = (name: string) => readFile(name, 'utf8')
  const load = async () => {
    const loaded = await loadSources(file, {}, read, known)
    await whenLoaded()
    return loaded
  }
  watching = watchSources(await load(), {
    read,
    load,
    async take({ sources, stacks }) {
      if (refusing) throw new Error('not now')
      taken.push([...sources.map(({ id }) => id), ...stacks.flatMap(({ uses }) => uses.map(formatUse))])
    },
    log: { info() {}, error: (_, message) => void errors.push(message) },
  })
})
afterEach(async () => {
  watching.stop()
  await rm(dir, { recursive: true, force: true })
})

const hasTaken = (...ids: string[]) => until(() => taken.at(-1)?.join() === ids.join(), `${ids} to be taken`)

test('a file that is written, replaced, or includes another is taken without being asked', async () => {
  await writeFile(file, feed('second'))
  await hasTaken('second')
  await writeFile(`${file}.new`, feed('third'))
  await rename(`${file}.new`, file)
  await hasTaken('third')
  await mkdir(path.join(dir, 'team'))
  await writeFile(path.join(dir, 'team/more.yaml'), feed('more'))
  await writeFile(file, `include: [team/more.yaml]\n${feed('fourth')}`)
  await hasTaken('fourth', 'more')
  await writeFile(path.join(dir, 'team/more.yaml'), feed('other'))
  await hasTaken('fourth', 'other')
  expect(errors).toEqual([])
})

test('a stack that is written is taken, and what it uses is watched', async () => {
  known = await loadKnownNames(new URL('../../../shared/', import.meta.url))
  await writeFile(file, `${feed('first')}stacks: [{ id: shop, uses: [stripe, aws/eu-west-1] }]\n`)
  await hasTaken('first', 'stripe', 'aws-status', 'stripe', 'aws/eu-west-1')
  await writeFile(file, `${feed('first')}stacks: [{ id: shop, uses: [stripe] }]\n`)
  await hasTaken('first', 'stripe', 'stripe')
  expect(errors).toEqual([])
})

test('a file that is no longer valid is told once, in one line, and leaves the list as it was', async () => {
  await writeFile(file, 'feeds:\n  - { id: a, url: ftp://a }\n  - { id: A, url: "https://a.example.com" }\n')
  await until(() => errors.length > 0, 'the problem to be told')
  await watching.check()
  expect(errors).toHaveLength(1)
  expect(errors[0]).toContain(`${file} line 2: 'url: ftp://a' is not a web address: write it like`)
  expect(errors[0]).toContain(`; ${file} line 3: 'id: A' is not an id`)
  expect(errors[0]).not.toContain('\n')
  expect(taken).toEqual([])
  await writeFile(file, feed('mended'))
  await hasTaken('mended')
})

test('a file that is gone leaves the list as it was', async () => {
  await rm(file)
  await until(() => errors.length > 0, 'the problem to be told')
  expect(errors[0]).toContain('cannot be read')
  expect(taken).toEqual([])
})

test('half of a file is not taken for all of it', async () => {
  const half = feed('first').replace(']', ", { id: second, url: 'https://second.example.com' }]")
  whenLoaded = async () => {
    whenLoaded = async () => {}
    await writeFile(file, `${half}mine: { regions: [azure/westeurope] }\n`)
  }
  await writeFile(file, half)
  await until(() => taken.length > 0, 'the whole file to be taken')
  await watching.check()
  expect(taken).toEqual([['first', 'second', 'azure/westeurope']])
})

test('a list that could not be put in force is offered again', async () => {
  refusing = true
  await writeFile(file, feed('second'))
  await until(() => errors.length > 0, 'the failure to be told')
  refusing = false
  await watching.check()
  expect(taken).toEqual([['second']])
})

test('nothing is taken after it has stopped', async () => {
  watching.stop()
  await writeFile(file, feed('late'))
  await watching.check()
  expect(taken).toEqual([])
})
