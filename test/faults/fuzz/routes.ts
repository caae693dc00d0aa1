import { z } from 'zod'
import type { Description } from '../../../server/http/route.ts'
import { allRoutes } from '../../../server/routes/all.ts'
import { parameterTexts } from '../../../server/routes/parameter-texts.ts'

/** The schemas of all queries and bodies, each once, with values that fit or nearly do. */
export const routes: readonly { name: string; schema: z.ZodType; corpus: readonly string[] }[] = [
  ...distinct(allRoutes, ({ query }) => Object.keys(query ?? {}).join()).map(({ method, path, query = {} }) => ({
    name: `query of ${method} ${path}`,
    schema: z.strictObject(query),
    corpus: [JSON.stringify(Object.fromEntries(Object.keys(query).map(key => [key, exampleOf(key)])))],
  })),
  ...allRoutes.flatMap(({ method, path, body }) =>
    body === undefined
      ? []
      : [{ name: `body of ${method} ${path}`, schema: body.schema, corpus: [JSON.stringify(described(body.schema))] }],
  ),
]

/** The first of those with the same key. */
function distinct(all: readonly Description[], keyOf: (one: Description) => string): Description[] {
  return [...new Map(all.toReversed().map(one => [keyOf(one), one])).values()]
}

/** No body that fits, but one with its names. */
function described(schema: z.ZodType): object {
  return z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' })
}

function exampleOf(key: string): unknown {
  return Reflect.get(Object(Reflect.get(parameterTexts, key)), 'example') ?? 'x'
}
