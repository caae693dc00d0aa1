import { z } from 'zod'
import { exampleOf, problemKinds } from './openapi-problems.ts'
import { namedSchemas, parameterSchema } from './openapi-schemas.ts'
import { PROBLEM_TYPE, Problem } from './problem.ts'
import type { Answer, Description } from './route.ts'

/** Routes of one purpose: a tag. */
export type Group = { name: string; description: string; routes: readonly Description[] }

/** What a parameter means wherever it stands, and a value of it. A schema with a description has its own. */
export type ParameterTexts = Readonly<Record<string, { description: string; example: string | number }>>

export type ApiParts = {
  groups: readonly Group[]
  /** Schemas under their own names; every other schema is named after its route. */
  records: Readonly<Record<string, z.ZodType>>
  parameters: ParameterTexts
  /** The path under which the server is reached, without a slash at its end. */
  basePath: string
}

/** Routes → their OpenAPI document. Pure. @see https://spec.openapis.org/oas/v3.1.0 */
export function openApi({ groups, records, parameters, basePath }: ApiParts) {
  const schemas = namedSchemas({ ...records, Problem })
  const paths: Record<string, Record<string, object>> = {}
  for (const { name, routes } of groups)
    for (const route of routes) {
      const path = braced(route.path)
      paths[path] = { ...paths[path], [route.method]: operationOf(route, name, schemas, parameters) }
    }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Nephoscope',
      version: '1',
      description:
        'The status and the news of the clouds. What fails is told as a problem of RFC 9457, whose `detail` is one clear line. Texts are compressed with Brotli or gzip; pages of the origins in `ALLOWED_ORIGINS` may read.',
      contact: { name: 'Whoever runs this server' },
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: basePath || '/', description: 'The server that gave this document.' }],
    tags: groups.map(({ name, description }) => ({ name, description })),
    paths,
    components: { schemas: schemas.components(), responses: sharedResponses(), securitySchemes },
  }
}

const bearer = (description: string) => ({ type: 'http', scheme: 'bearer', description })
const securitySchemes = {
  viewToken: bearer(
    '`VIEW_TOKEN`, `ADMIN_TOKEN`, a token with a name or that of a screen; where none is set, reading is open.',
  ),
  adminToken: bearer(
    '`ADMIN_TOKEN`, or the token of an admin or an operator. Where it is not set, what needs it does not exist.',
  ),
  pairingSecret: bearer('The secret that came with the code.'),
}
const securityOf: Readonly<Record<Description['access'], object[]>> = {
  public: [],
  view: [{}, { viewToken: [] }],
  handle: [{ viewToken: [] }, { adminToken: [] }],
  operate: [{ adminToken: [] }],
  admin: [{ adminToken: [] }],
  screen: [{ pairingSecret: [] }],
}

type Schemas = ReturnType<typeof namedSchemas>

function operationOf(route: Description, tag: string, schemas: Schemas, texts: ParameterTexts) {
  const { method, summary, details = '', query = {}, body, takes, access } = route
  const path = braced(route.path)
  const operationId = nameOf(method, path)
  return {
    operationId,
    tags: [tag],
    summary: summary.replace(/\.$/, ''),
    description: unlinked(`${summary} ${details}`.trim()),
    parameters: [
      ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
        ...{ name, in: 'path', required: true, ...texts[name], schema: { type: 'string' } },
      })),
      ...Object.entries(z.object(query).shape).map(([name, one]) => {
        const schema = parameterSchema(one)
        const { example, ...text } = texts[name] ?? {}
        const required = !z.safeParse(one, undefined).success
        return { name, in: 'query', required, ...text, ...(schema.enum === undefined && { example }), schema }
      }),
    ],
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemas.refOfBody(body.schema, `${operationId}Body`) } },
      },
    }),
    ...(takes && { requestBody: { description: takes, content: { '*/*': { schema: {} } } } }),
    responses: responsesOf(route, operationId, schemas),
    security: securityOf[access],
  }
}

function responsesOf(route: Description, operationId: string, schemas: Schemas): Record<string, object> {
  const given = Object.entries(route.answers).map(([status, answer]) => {
    if (status === '304') return [status, { $ref: '#/components/responses/NotModified' }]
    const headers = {
      ...(304 in route.answers && { ETag: etag }),
      ...(status === '201' && { Location: { description: 'Where it is now.', schema: { type: 'string' } } }),
    }
    return [
      status,
      {
        description: Number(status) < 400 ? 'As asked.' : 'Not so now.',
        ...(Object.keys(headers).length > 0 && { headers }),
        ...(answer !== null && { content: contentOf(answer, `${operationId}${status}`, schemas) }),
      },
    ]
  })
  const problems = problemsOf(route).map(status => [
    status,
    { $ref: `#/components/responses/${problemKinds[status]?.name}` },
  ])
  return Object.fromEntries([...given, ...problems])
}

function contentOf(answer: NonNullable<Answer>, id: string, schemas: Schemas): Record<string, object> {
  if (typeof answer === 'string') return { [answer]: { schema: textOf(answer) } }
  if (isSchema(answer)) return { 'application/json': { schema: schemas.refOfAnswer(answer, id) } }
  return Object.fromEntries(
    Object.entries(answer).map(([type, schema]) => [
      type,
      { schema: schema === null ? textOf(type) : schemas.refOfAnswer(schema, id) },
    ]),
  )
}

export const isSchema = (answer: NonNullable<Answer>): answer is z.ZodType =>
  typeof answer === 'object' && '_zod' in answer

const textOf = (type: string) =>
  /^image\/(?!svg)/.test(type) ? { type: 'string', format: 'binary' } : { type: 'string', contentMediaType: type }

/** The statuses of its problems, which it need not name. */
function problemsOf({ answers, faults = [], query, body, takes, access }: Description): number[] {
  const implied = [
    405,
    ...(access === 'public' || access === 'screen' ? [] : [401, 403, 429]),
    ...(query ? [400] : []),
    ...(body ? [400, 413, 415] : []),
    ...(takes ? [413] : []),
  ]
  return [...new Set([...faults, ...implied])].filter(status => !(status in answers)).sort()
}

function sharedResponses(): Record<string, object> {
  const problems = Object.entries(problemKinds).map(([status, kind]) => {
    const { name, description, headers } = kind
    const schema = { $ref: '#/components/schemas/Problem' }
    const content = { [PROBLEM_TYPE]: { schema, example: exampleOf(Number(status), kind) } }
    return [name, { description, ...(headers && { headers }), content }]
  })
  return {
    NotModified: { description: 'What the asker has is still so.', headers: { ETag: etag } },
    ...Object.fromEntries(problems),
  }
}

const etag = { description: 'To be given back as `If-None-Match`.', schema: { type: 'string' } }

/** `/regions/:provider/:code` → `/regions/{provider}/{code}` */
const braced = (path: string): string => path.replace(/[:*](\w+)/g, '{$1}')

/** `get`, `/api/regions/{provider}` → `getApiRegionsProvider` */
const nameOf = (method: string, path: string): string =>
  method + path.replace(/[^a-z0-9]+([a-z0-9]?)/gi, (_, letter: string) => letter.toUpperCase())

/** Without links, which lead from docs/api.md. */
const unlinked = (markdown: string): string => markdown.replace(/\[([^\][]*)\]\([^()]*\)/g, '$1')
