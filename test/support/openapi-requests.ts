import fc from 'fast-check'

type Schema = {
  $ref?: string
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  pattern?: string
  minimum?: number
  maximum?: number
}

export type Parameter = { name: string; in: 'path' | 'query'; required: boolean; example?: unknown; schema: Schema }
export type Operation = {
  operationId: string
  parameters: Parameter[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { $ref?: string; content?: Record<string, { schema: Schema }> }>
}
export type Document = {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema>; responses: Record<string, Operation['responses'][string]> }
}

export type Asked = { path: string; body: string | undefined }

const hostile = [
  '\u0000',
  '%',
  '%2e%2e%2f',
  '__proto__',
  'constructor',
  'toString',
  '<script>',
  "'",
  '🙂',
  'x'.repeat(400),
]
const anyText = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', maxLength: 40 }))
/** A segment that a URL keeps as it is. */
const segment = anyText.filter(text => !['', '.', '..'].includes(text))

/**
 * Requests of an operation, from well-formed to hostile. @param known a value of each parameter, which fit together;
 * most requests that are not hostile use them, so that something is found
 */
export function requestsOf(
  path: string,
  { parameters, requestBody }: Operation,
  { components }: Document,
  known: Readonly<Record<string, string>>,
): fc.Arbitrary<Asked> {
  const knownOf = ({ name, schema, example }: Parameter) => known[name] ?? String(schema.enum?.[0] ?? example)
  const inPath = parameters.filter(parameter => parameter.in === 'path')
  const inQuery = parameters.filter(parameter => parameter.in === 'query')
  const segments = fc.record(
    Object.fromEntries(
      inPath.map(one => [one.name, fc.oneof({ weight: 4, arbitrary: fc.constant(knownOf(one)) }, segment)]),
    ),
  )
  const parts = inQuery.map(one => {
    const wellFormed = fc.oneof(fc.constant(knownOf(one)), textsOf(one.schema, components.schemas))
    const value = fc.oneof({ weight: 3, arbitrary: wellFormed }, anyText)
    const given = value.map(text => `${one.name}=${encodeURIComponent(text)}`)
    const twice = given.map(text => `${text}&${text}`)
    return fc.oneof(
      ...[{ weight: one.required ? 1 : 6, arbitrary: fc.constant('') }],
      ...[{ weight: 4, arbitrary: given }, twice],
    )
  })
  const unknown = fc.oneof({ weight: 6, arbitrary: fc.constant('') }, fc.constantFrom('v=1', 'utm=%00', '__proto__=1'))
  const query = fc.tuple(...parts, unknown).map(all => all.filter(Boolean).join('&'))
  const schema = requestBody?.content['application/json']?.schema
  const body = schema
    ? fc.oneof(
        { weight: 3, arbitrary: valuesOf(schema, components.schemas).map(value => JSON.stringify(value)) },
        fc.json(),
        anyText,
      )
    : fc.constant(undefined)
  return fc.record({ segments, query, body }).map(({ segments, query, body }) => {
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(segments[name] ?? ''))
    return { path: query === '' ? filled : `${filled}?${query}`, body }
  })
}

const textsOf = (schema: Schema, schemas: Document['components']['schemas']): fc.Arbitrary<string> =>
  valuesOf(schema, schemas).map(String)

/** Values that a schema mostly allows. */
function valuesOf(schema: Schema, schemas: Document['components']['schemas']): fc.Arbitrary<unknown> {
  const within = (inner: Schema) => valuesOf(inner, schemas)
  if (schema.$ref !== undefined) return within(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {})
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  const either = schema.anyOf ?? schema.oneOf
  if (either !== undefined) return fc.oneof(...either.map(within))
  switch (schema.type) {
    case 'object': {
      const properties = Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, one]) => [name, within(one)]),
      )
      return fc.record(properties, { requiredKeys: schema.required ?? [] })
    }
    case 'array':
      return fc.array(within(schema.items ?? {}), { maxLength: 3 })
    case 'integer':
      return fc.integer({ min: (schema.minimum ?? 0) - 1, max: Math.min(schema.maximum ?? 1_000, 10_000) + 1 })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      return schema.pattern === undefined ? fc.string({ maxLength: 30 }) : matching(schema.pattern)
  }
}

function matching(pattern: string): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern))
  } catch {
    return fc.string({ maxLength: 30 })
  }
}
