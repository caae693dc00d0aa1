import { readdir, readFile } from 'node:fs/promises'
import { z } from 'zod'
import { Article } from '../../../shared/domain/article.ts'
import { parseChannel } from '../../../shared/domain/channels.ts'
import type { Result } from '../../../shared/domain/primitives.ts'
import { Handshake } from '../../../shared/domain/socket-protocol.ts'
import { InboundFormat, WireFormat } from '../../../shared/domain/source.ts'
import { Use } from '../../../shared/domain/stack.ts'
import { Component } from '../../../shared/domain/status.ts'
import { createImport, decodeImport } from '../../../shared/import/import.ts'
import { parseTypeTables } from '../../../shared/import/type-table.ts'
import { parseRedisUrl } from '../../../shared/redis/redis-url.ts'
import { loadServices } from '../../../shared/services/service-table.ts'
import { loadKnownNames } from '../../../workers/config/known-names.ts'
import { parseOpml } from '../../../workers/config/opml.ts'
import { parseSources } from '../../../workers/config/source-config.ts'
import { inboundReaders } from '../../../workers/formats/inbound/registry.ts'
import { ReadIncident, type Reading } from '../../../workers/formats/reader.ts'
import { readers } from '../../../workers/formats/registry.ts'
import { retryAfterMs } from '../../../workers/http/retry-after.ts'
import { placeMatcher } from '../../../workers/places/places.ts'
import { NOON } from '../../support/builders.ts'
import { imports, outlines } from './corpora.ts'
import { routes } from './routes.ts'

/** What reads texts of strangers, and true texts to begin from. `read` throws where the result is unsound. */
export type Subject = { name: string; corpus: readonly [Buffer, ...Buffer[]]; read(body: Buffer): Promise<void> | void }

const root = new URL('../../../', import.meta.url)
const fixtures = new URL('test/fixtures/', root)
const shared = new URL('shared/', root)

const { regions, vendors } = await loadKnownNames(shared)
const services = await loadServices(new URL('services/', shared))
const places = placeMatcher(regions.values())

export const subjects: readonly Subject[] = [
  ...(await Promise.all(WireFormat.options.map(formatSubject))),
  ...(await Promise.all(InboundFormat.options.map(inboundSubject))),
  await sourcesFileSubject(),
  await importSubject(),
  {
    name: 'opml',
    corpus: buffers(outlines),
    read: body => sound(parseOpml(body.toString()), feeds => z.array(z.object({ name: z.string() })).parse(feeds)),
  },
  ...routes.map(({ name, schema, corpus }) => ({
    name,
    corpus: buffers(corpus),
    read: (body: Buffer) => void schema.safeParse(schemaInput(body)),
  })),
  {
    name: 'handshake of a socket',
    corpus: buffers([
      '{"channels":["all","region/azure/westeurope"],"since":"1796000000000-0","token":"x","renews":true}',
    ]),
    read: body => void Handshake.safeParse(schemaInput(body)),
  },
  ...lineSubjects(),
]

/** The documents of a format: each folder of its name, and the larger ones that its tests read. */
async function formatSubject(kind: WireFormat): Promise<Subject> {
  const folder = new URL(`formats/${kind}/`, fixtures)
  const own = await Promise.all((await readdir(folder)).map(name => readFile(new URL(name, folder))))
  const begin = kind.replace(/-(?:components|incidents|status|trust|rss|events)$/, '')
  const more = (await readdir(new URL('sources/', fixtures))).filter(name => name.startsWith(begin))
  const others = await Promise.all(more.map(name => readFile(new URL(`sources/${name}`, fixtures))))
  const corpus = nonEmpty([...own, ...others])
  const source = { id: 'src', name: 'Source', kind, provider: 'azure', everyMs: 60_000, topics: [] }
  const context = { source: { ...source, url: 'https://status.example.com/x' }, places, now: NOON }
  const second = corpus[corpus.length - 1] ?? corpus[0]
  return {
    name: `format ${kind}`,
    corpus,
    async read(body) {
      const answer = { body, contentType: null }
      for (const also of [{}, { also: { body: second, contentType: null } }, { also: answer, more: answer }])
        sound(await readers[kind].read({ ...answer, ...also }, context), soundReading)
      const past = readers[kind].history?.read(answer, context)
      if (past !== undefined) sound(past, incidents => soundReading({ incidents, components: [], articles: [] }))
    },
  }
}

async function inboundSubject(format: InboundFormat): Promise<Subject> {
  const folder = new URL('inbound/', fixtures)
  const texts = await Promise.all((await readdir(folder)).map(name => readFile(new URL(name, folder))))
  const context = { source: { id: 'own', provider: 'azure' }, places, now: NOON }
  return {
    name: `posts in ${format}`,
    corpus: nonEmpty(texts),
    read: body => sound(inboundReaders[format].read(schemaInput(body), context), soundReading),
  }
}

async function sourcesFileSubject(): Promise<Subject> {
  const names = ['config/sources.yaml', 'config/kubernetes/example/sources.yaml']
  const corpus = await Promise.all(names.map(name => readFile(new URL(name, root))))
  return {
    name: 'sources file',
    corpus: nonEmpty(corpus),
    read(body) {
      const read = parseSources(body.toString(), 'sources.yaml', {}, { regions, services, vendors })
      const lines = read.ok ? [] : read.error.split('\n')
      demand(lines.length <= 101, `${lines.length} lines of problems`)
      for (const line of lines) demand(/^(?:sources\.yaml|and \d+ more)/.test(line) && line.length < 1_000, line)
    },
  }
}

async function importSubject(): Promise<Subject> {
  const folder = new URL('services/types/', shared)
  const table = (name: string) => readFile(new URL(`${name}.tsv`, folder), 'utf8')
  const types = parseTypeTables({
    terraform: await table('terraform'),
    cloudformation: await table('cloudformation'),
    arm: await table('arm'),
    arn: await table('arn'),
    'google-assets': await table('google-assets'),
  })
  const importFiles = createImport({ regions, services: services.values(), vendors: vendors.values(), types })
  return {
    name: 'import',
    corpus: buffers(imports),
    read(body) {
      const decoded = decodeImport(body)
      const read = decoded.ok ? importFiles([{ name: 'it', text: decoded.value }]) : decoded
      sound(read, ({ uses }) => uses.forEach(({ use }) => void Use.parse(use)))
    },
  }
}

/** Short texts of one line: headers, addresses, names. */
function lineSubjects(): Subject[] {
  const line = (name: string, corpus: readonly string[], read: (text: string) => void): Subject => ({
    name,
    corpus: buffers(corpus),
    read: body => read(body.toString().slice(0, 20_000)),
  })
  return [
    line('channel', ['region/azure/westeurope', 'incident/src/one', 'stack/shop', 'all'], text => {
      const parts = parseChannel(text)
      if (!parts.ok) demand(parts.error.length < 1_000, parts.error)
    }),
    line('Redis address', ['redis://u:p@h:1/0', 'redis+sentinel://a,b/master', 'unix:///run/redis.sock'], text =>
      sound(parseRedisUrl(text), () => undefined),
    ),
    line('Retry-After', ['120', 'Tue, 24 Nov 2026 10:00:00 GMT'], text => {
      const ms = retryAfterMs(text, NOON)
      demand(ms === null || (Number.isFinite(ms) && ms >= 0), String(ms))
    }),
  ]
}

/** A result is sound where its value is, or its failure is one line. */
function sound<T>(result: Result<T>, check: (value: T) => unknown): void {
  if (result.ok) check(result.value)
  else demand(/^[^\n]{3,2000}$/.test(result.error), `not one line: ${result.error.slice(0, 200)}`)
}

/** Bounded lists of valid records, without controls, half characters and turned directions, with links to the web alone. */
function soundReading({ incidents, components, articles }: Reading): void {
  demand(incidents.length <= 1_000 && components.length <= 3_000 && articles.length <= 200, 'lists without bounds')
  for (const incident of incidents) ReadIncident.parse(incident)
  for (const component of components) Component.parse(component)
  for (const article of articles) Article.parse(article)
  for (const text of textsIn([incidents, components, articles]))
    demand(!/[^\P{Cc}\n\t]|\p{Cs}|[\u202A-\u202E\u2066-\u2069]/u.test(text), `told: ${JSON.stringify(text)}`)
  for (const { url } of [...incidents, ...articles]) demand(url === null || /^https?:/.test(url), `told: ${url}`)
}

const textsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : []

/** JSON where it is some, else the text: what a schema at an edge is given. */
function schemaInput(body: Buffer): unknown {
  const text = body.toString()
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function demand(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what)
}

function nonEmpty(all: readonly Buffer[]): readonly [Buffer, ...Buffer[]] {
  const [first, ...rest] = all
  if (first === undefined) throw new Error('a corpus is empty')
  return [first, ...rest]
}

function buffers(texts: readonly string[]): readonly [Buffer, ...Buffer[]] {
  return nonEmpty(texts.map(text => Buffer.from(text)))
}
