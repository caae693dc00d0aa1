import { z } from 'zod'
import { Article } from '../../shared/domain/article.ts'
import { Component } from '../../shared/domain/component.ts'
import { EventDraft, EventId } from '../../shared/domain/events.ts'
import { HistoryDay } from '../../shared/domain/history.ts'
import { Incident } from '../../shared/domain/incident.ts'
import { Notice } from '../../shared/domain/notice.ts'
import { Provider, Region, RegionStatus } from '../../shared/domain/region.ts'
import { Screen } from '../../shared/domain/screen.ts'
import { Snapshot } from '../../shared/domain/snapshot.ts'
import { Source } from '../../shared/domain/source.ts'

/** A route, for those who read of it. Parameters in its path stand in braces, those of its query in the schema that checks them. */
export type Description = {
  method: 'get' | 'post' | 'patch' | 'delete'
  path: `/${string}`
  summary: string
  query?: z.ZodRawShape
  body?: z.ZodType
  /** Answers by status: JSON by its schema, anything else by its media type, null for none. */
  answers: Readonly<Record<number, z.ZodType | `${string}/${string}` | null>>
  /** Whose token it needs; `view` only where one is set, `screen` is the secret beside a code. */
  token: 'view' | 'admin' | 'screen' | 'none'
}

export const EventSchema = z.intersection(EventDraft, z.object({ id: EventId }))

const records = {
  Article,
  Component,
  Event: EventSchema,
  HistoryDay,
  Incident,
  Notice,
  Provider,
  Region,
  RegionStatus,
  Screen,
  Snapshot,
  Source,
}

/** Descriptions → the document. Pure. @see https://spec.openapis.org/oas/v3.1.0 */
export function openApi(descriptions: readonly Description[]) {
  const schemas = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(records)) schemas.add(schema, { id })
  const paths: Record<string, Record<string, object>> = {}
  for (const described of descriptions) {
    const operation = operationOf(described, schemas)
    paths[described.path] = { ...paths[described.path], [described.method]: operation }
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

function operationOf({ method, path, summary, query, body, answers, token }: Description, schemas: Schemas) {
  const operationId = nameOf(method, path)
  const content = (schema: z.ZodType, id: string) => {
    if (!schemas.has(schema)) schemas.add(schema, { id })
    return { 'application/json': { schema: { $ref: refTo(schemas.get(schema)?.id ?? id) } } }
  }
  const responses = Object.entries(answers).map(([status, answer]) => {
    const description = Number(status) < 400 ? 'As asked.' : 'Why not, in one line.'
    if (answer === null) return [status, { description }]
    if (typeof answer === 'string') return [status, { description, content: { [answer]: {} } }]
    return [status, { description, content: content(answer, `${operationId}${status}`) }]
  })
  return {
    operationId,
    summary,
    parameters: [...pathParameters(path), ...queryParameters(query ?? {})],
    ...(body ? { requestBody: { required: true, content: content(body, `${operationId}Body`) } } : {}),
    responses: Object.fromEntries(responses),
    security: { none: [], view: [{}, { token: [] }], admin: [{ token: [] }], screen: [{ token: [] }] }[token],
  }
}

/** `get`, `/api/regions/{provider}` → `getApiRegionsProvider` */
const nameOf = (method: string, path: string): string =>
  method + path.replace(/[^a-z0-9]+([a-z0-9]?)/gi, (_, letter: string) => letter.toUpperCase())

const pathParameters = (path: string) =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))

const queryParameters = (query: z.ZodRawShape) =>
  Object.entries(z.object(query).shape).map(([name, schema]) => ({
    name,
    in: 'query',
    required: !z.safeParse(schema, undefined).success,
    schema: plain(z.toJSONSchema(schema, { io: 'input' })),
  }))

const componentsOf = (schemas: Schemas) =>
  Object.fromEntries(
    Object.entries(z.toJSONSchema(schemas, { uri: refTo, io: 'input' }).schemas).map(([id, schema]) => [
      id,
      plain(schema),
    ]),
  )

/** Without what only a document of its own needs. */
function plain({ $schema: _, $id: __, ...schema }: object & { $schema?: unknown; $id?: unknown }): object {
  return schema
}
