import { z } from 'zod'

export type JsonSchema = z.core.JSONSchema.BaseSchema

/** Where a document keeps its schemas. */
const SCHEMAS = '#/components/schemas/'

/**
 * The schemas of a document under their names: those of answers as they are written, those of bodies as they are read.
 * @param records schemas under their own names; every other is named where it is used
 */
export function namedSchemas(records: Readonly<Record<string, z.ZodType>>) {
  const answers = z.registry<{ id: string }>()
  const bodies = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(records)) answers.add(schema, { id })
  const refIn = (registry: typeof answers, schema: z.ZodType, id: string) => {
    if (!registry.has(schema)) registry.add(schema, { id })
    return { $ref: SCHEMAS + (registry.get(schema)?.id ?? id) }
  }
  const all = (registry: typeof answers, io: 'input' | 'output') =>
    Object.entries(z.toJSONSchema(registry, { uri: id => SCHEMAS + id, io, override: override[io] }).schemas)
  return {
    refOfAnswer: (schema: z.ZodType, id: string) => refIn(answers, schema, id),
    refOfBody: (schema: z.ZodType, id: string) => refIn(bodies, schema, id),
    components: (): Record<string, JsonSchema> =>
      Object.fromEntries(
        [...all(answers, 'output'), ...all(bodies, 'input')].map(([id, schema]) => [id, withoutIds(schema)]),
      ),
  }
}

/** A parameter's schema as it stands in an address, where a number is a number. */
export function parameterSchema(schema: z.core.$ZodType): JsonSchema {
  const read = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' })
  const isNumber = read.type === 'integer' || read.type === 'number'
  return withoutIds(isNumber ? read : z.toJSONSchema(schema, { io: 'input' }))
}

const override = {
  output: opened,
  input({ jsonSchema }: { jsonSchema: JsonSchema }) {
    delete jsonSchema.default // generators take what has one for always given
  },
}

/** Later versions may add to a record, unless its schema says that it is closed; a tuple has no more than its items. */
function opened({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: JsonSchema }): void {
  if (zodSchema._zod.def.type === 'object' && zodSchema._zod.def.catchall === undefined)
    delete jsonSchema.additionalProperties
  if (zodSchema._zod.def.type !== 'tuple' || jsonSchema.items) return
  // said so that linters of 3.0 understand it too
  const count = jsonSchema.prefixItems?.length ?? 0
  Object.assign(jsonSchema, { items: {}, minItems: count, maxItems: count })
}

/** Without what only a document of its own needs. */
function withoutIds({ $schema: _, $id: __, ...schema }: JsonSchema): JsonSchema {
  return schema
}
