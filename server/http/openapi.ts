import { z } from 'zod'
import { Problem } from './problem.ts'
import type { Answer, Description } from './route.ts'

/**
 * Routes → their OpenAPI document. Pure. @see https://spec.openapis.org/oas/v3.1.0
 * @param records schemas under their own names; every other schema is named after its route
 */
export function openApi(routes: readonly Description[], records: Readonly<Record<string, z.ZodType>>) {
  const schemas = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(records)) schemas.add(schema, { id })
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) {
    const path = braced(route.path)
    paths[path] = { ...paths[path], [route.method]: operationOf(route, schemas) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Nephoscope',
      version: '1',
      description: 'The status and the news of the clouds. Errors are `{ "error": "one clear line" }`.',
    },
    paths,
    components: { schemas: componentsOf(schemas), securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  }
}

type Schemas = z.core.$ZodRegistry<{ id: string }>

const refTo = (id: string): string => `#/components/schemas/${id}`

function operationOf(route: Description, schemas: Schemas) {
  const { method, summary, query, body, access } = route
  const path = braced(route.path)
  const operationId = nameOf(method, path)
  const content = (schema: z.ZodType, id: string) => {
    if (!schemas.has(schema)) schemas.add(schema, { id })
    return { 'application/json': { schema: { $ref: refTo(schemas.get(schema)?.id ?? id) } } }
  }
  const responses = Object.entries(answersOf(route)).map(([status, answer]) => {
    const description = Number(status) < 400 ? 'As asked.' : 'Why not, in one line.'
    if (answer === null) return [status, { description }]
    if (typeof answer === 'string') return [status, { description, content: { [answer]: {} } }]
    return [status, { description, content: content(answer, `${operationId}${status}`) }]
  })
  return {
    operationId,
    summary,
    parameters: [...pathParameters(path), ...queryParameters(query)],
    ...(body ? { requestBody: { required: true, content: content(body.schema, `${operationId}Body`) } } : {}),
    responses: Object.fromEntries(responses),
    security: { public: [], view: [{}, { token: [] }], admin: [{ token: [] }], screen: [{ token: [] }] }[access],
  }
}

function answersOf({ answers, faults = [], body, access }: Description): Record<number, Answer> {
  const implied = [...(access === 'view' || access === 'admin' ? [401] : []), ...(body ? [400, 413, 415] : [])]
  return { ...answers, ...Object.fromEntries([...faults, ...implied].map(status => [status, Problem])) }
}

/** `/regions/:provider/:code` → `/regions/{provider}/{code}` */
const braced = (path: string): string => path.replace(/[:*](\w+)/g, '{$1}')

/** `get`, `/api/regions/{provider}` → `getApiRegionsProvider` */
const nameOf = (method: string, path: string): string =>
  method + path.replace(/[^a-z0-9]+([a-z0-9]?)/gi, (_, letter: string) => letter.toUpperCase())

const pathParameters = (path: string) =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))

const queryParameters = (query: z.ZodRawShape = {}) =>
  Object.entries(z.object(query).shape).map(([name, schema]) => ({
    name,
    in: 'query',
    required: !z.safeParse(schema, undefined).success,
    schema: withoutIds(z.toJSONSchema(schema, { io: 'input' })),
  }))

const componentsOf = (schemas: Schemas) =>
  Object.fromEntries(
    Object.entries(z.toJSONSchema(schemas, { uri: refTo, io: 'input' }).schemas).map(([id, schema]) => [
      id,
      withoutIds(schema),
    ]),
  )

/** Without what only a document of its own needs. */
function withoutIds({ $schema: _, $id: __, ...schema }: object & { $schema?: unknown; $id?: unknown }): object {
  return schema
}
