import { readdir, readFile } from 'node:fs/promises'
import type { WireFormat } from '../../../shared/domain/source.ts'
import type { Reading } from '../../../workers/formats/reader.ts'

/** What every format is read in. `half-malformed` has good entries beside bad ones. */
export const cases = [
  'operational',
  'open',
  'resolved',
  'maintenance',
  'multi-region',
  'malformed',
  'half-malformed',
] as const
export type Case = (typeof cases)[number]

/** The whole reading in lines, as `told` puts it; or why it fails; or why the format cannot speak of such a thing. */
export type Expected = string[] | { fails: string } | { cannot: string }

export type FormatCases = {
  kind: WireFormat
  /** In whose regions places are looked up. */
  provider: string
  cases: Readonly<Record<Case, Expected>>
}

const folder = new URL('../../fixtures/formats/', import.meta.url)

/** The documents of a case as they are served, in the order of their addresses; none where there is no such case. */
export async function documentsOf(format: string, name: Case): Promise<Buffer[]> {
  const files = (await readdir(new URL(format, folder))).filter(file => file.startsWith(`${name}.`))
  const place = (file: string): number => (file.includes('.more.') ? 2 : file.includes('.also.') ? 1 : 0)
  files.sort((a, b) => place(a) - place(b))
  return Promise.all(files.map(file => readFile(new URL(`${format}/${file}`, folder))))
}

/** The further documents as `read` takes them. */
export const textsOf = (also: Buffer | undefined, more: Buffer | undefined) => ({
  ...(also && { also: also.toString() }),
  ...(more && { more: more.toString() }),
})

/** A reading as the tables write it: a line an incident, one of all components, one of all articles. */
export const told = ({ incidents, components, articles }: Reading): string[] => [
  ...incidents.map(({ kind, status, impact, scope, regions, updates, ...when }) => {
    const lasts = `${minute(when.startedAt)} to ${minute(when.resolvedAt)}`
    const { scheduledFor, scheduledUntil } = when
    const plan = scheduledFor === null ? '' : `, planned ${minute(scheduledFor)} to ${minute(scheduledUntil)}`
    const where = [scope, ...regions].join(' ')
    return `${kind} ${status}, ${impact}, ${where}, ${lasts}${plan}, updates: ${updates.length}`
  }),
  ...line(
    'components',
    components.map(({ name, status, regions }) => [`${name} ${status}`, ...regions].join(' ')),
  ),
  ...line(
    'articles',
    articles.map(({ title, regions }) => [title, ...regions].join(' ')),
  ),
]

const line = (what: string, records: string[]): string[] =>
  records.length === 0 ? [] : [`${what}: ${records.join('; ')}`]

/** '11-24 10:00', in UTC and 2026. */
const minute = (instant: string | null): string => (instant === null ? '?' : instant.slice(5, 16).replace('T', ' '))
