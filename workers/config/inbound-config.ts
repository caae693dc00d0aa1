import { z } from 'zod'
import { InboundFormat } from '../../shared/domain/source.ts'
import { inWords, strict } from '../../shared/yaml/yaml-file.ts'
import { type Environment, namedSecret } from './url-secrets.ts'

/** What a line says of a source that posts to us, beside id, name and provider. */
export type InboundFields = {
  kind: 'inbound'
  format: InboundFormat
  /** How it proves itself: the name of its secret's variable, and SHA-256 of the value, in hex. */
  secret: { name: string; digest: string }
  /** Of the format `json`: where a post has what. */
  map?: JsonMap | undefined
}

/** Keys and places in lists, with dots between them: `alert.labels.region`, `items.0.name`. */
const Path = inWords(
  z.string().regex(/^[\w-]{1,60}(?:\.[\w-]{1,60}){0,7}$/),
  'is not a path: write it like alert.title, with at most 8 keys',
)
const path = z.exactOptional(Path)

/** Where a post has what. `each` leads to a list of alerts; all other paths begin in one of them. */
export const JsonMap = strict({
  each: path,
  id: Path,
  title: Path,
  status: path,
  severity: path,
  text: path,
  regions: path,
  services: path,
  startedAt: path,
  updatedAt: path,
  endedAt: path,
  url: path,
})
export type JsonMap = z.output<typeof JsonMap>

export const isInboundLine = (line: unknown): boolean =>
  typeof line === 'object' && line !== null && 'kind' in line && line.kind === 'inbound'

/** The fields of such a line. A `map` belongs to `json`, which needs one. */
export const inboundFields = (environment: Environment) => ({
  kind: z.literal('inbound'),
  format: z.enum(InboundFormat.options, {
    error: () => `is not a format of posts: use ${InboundFormat.options.join(', ')}`,
  }),
  secret: z.unknown().transform((value, context) => {
    const secret = namedSecret(String(value), environment)
    if (secret.ok) return secret.value
    context.addIssue(secret.error)
    return z.NEVER
  }),
  map: z.exactOptional(JsonMap),
})

/** A line's `map` that does not fit its format is an issue. */
export function checkMap({ format, map }: Pick<InboundFields, 'format' | 'map'>, context: z.RefinementCtx): void {
  const refuse = (message: string) => context.addIssue({ code: 'custom', path: ['map'], message })
  if (format === 'json' && map === undefined) refuse('is missing: say where a post has its id and title')
  if (format !== 'json' && map !== undefined) refuse('belongs to the format json only: leave it out')
}
