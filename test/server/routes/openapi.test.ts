import type Router from '@koa/router'
import { Redis } from 'ioredis'
import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { auditLog } from '../../../server/access/audit-log.ts'
import { openLimit } from '../../../server/http/admission.ts'
import { routerOf } from '../../../server/http/route.ts'
import { currentState } from '../../../server/live/current.ts'
import { snapshotCache } from '../../../server/live/snapshot.ts'
import {
  accessRoutes,
  adminRoutes,
  apiRoutes,
  handlingRoutes,
  healthRoutes,
  hookRoutes,
  metricsRoutes,
  openApiDocument,
  outwardRoutes,
  pairingRoutes,
  pushRoutes,
  screenRoutes,
  signInRoutes,
} from '../../../server/routes/all.ts'
import { namesOf } from '../../support/names.ts'
import { testAccess } from '../../support/test-access.ts'

const current = currentState()
const catalogue = { providers: new Map(), regions: new Map() }
const heartbeat = { workersAt: null, stop: () => undefined }
const now = Date.now
const redis = new Redis({ lazyConnect: true })
const free = () => ({ ok: true as const, value: true as const })
const deps = {
  current,
  catalogue,
  regionFacts: new Map(),
  pops: new Map(),
  services: new Map(),
  vendorList: { vendors: [], dependencies: [], siteSources: {} },
  heartbeat,
  now,
  redis,
  viewToken: undefined,
  keptDays: 90,
  adminToken: undefined,
  audit: auditLog({ redis: redis, keptDays: 90, now: now }),
  access: testAccess(redis),
  channelKeys: { keyFor: async () => null },
  signer: { sign: () => '' },
  screens: { perform: async () => 'shown' as const, announce: async () => undefined },
  codes: free,
  signIn: undefined,
  signIns: free,
  subscriptions: free,
  countryOf: () => undefined,
  ...namesOf(current),
  countRequest: async () => undefined,
  snapshot: snapshotCache({ current, catalogue, build: 'b', heartbeat, now }),
  facts: () => ({
    view: current.view,
    catalogue,
    workersAt: null,
    now: now(),
    stackFacts: current.stacks.facts,
    names: { services: new Map(), vendors: new Map() },
  }),
  base: () => 'http://localhost',
  reached: () => 'http://localhost',
  basePath: '',
  streams: { open: () => undefined },
  connections: free,
  open: openLimit(0),
  wrongTokens: { limit: free, trustedProxies: 0 },
  sources: async () => new Map(),
  allowedOrigins: [],
  trustedProxies: 0,
  pollNow: async () => undefined,
  isReady: () => true,
  onPush: () => undefined,
  environment: {},
  log: { info: () => undefined, warn: () => undefined },
  metrics: new Registry(),
  findIncident: async () => undefined,
  cards: async () => null,
  onInvalid: () => undefined,
}
const routers: Router[] = [
  routerOf([...apiRoutes, ...pushRoutes], deps),
  routerOf([...adminRoutes, ...accessRoutes, ...screenRoutes], deps),
  routerOf(outwardRoutes, deps, { strict: false }),
  routerOf([...healthRoutes, ...metricsRoutes], deps),
  routerOf(hookRoutes, deps),
  routerOf([...pairingRoutes, ...handlingRoutes, ...signInRoutes], deps),
]
const document = openApiDocument()

/** What of OpenAPI 3.1 the document uses. */
const Content = z.record(
  z.string().regex(/^[\w+.-]+\/[\w+.-]+$/),
  z.strictObject({ schema: z.looseObject({}), example: z.unknown().optional() }),
)
const Text = z.string().min(1)
const Headers = z.record(z.string(), z.strictObject({ description: Text, schema: z.looseObject({}) }))
const Response = z.strictObject({ description: Text, headers: Headers.optional(), content: Content.optional() })
const Reference = z.strictObject({ $ref: z.string() })
const Scheme = z.strictObject({ type: z.literal('http'), scheme: z.literal('bearer'), description: Text })
const Operation = z.strictObject({
  operationId: z.string().regex(/^[a-z]\w+$/i),
  tags: z.tuple([Text]),
  summary: Text,
  description: Text,
  parameters: z.array(
    z.strictObject({
      name: z.string().regex(/^(?:hub\.)?\w+$/),
      description: Text,
      example: z.union([z.string(), z.number()]).optional(),
      in: z.enum(['path', 'query']),
      required: z.boolean(),
      schema: z.looseObject({}),
    }),
  ),
  requestBody: z
    .union([
      z.strictObject({ required: z.literal(true), content: Content }),
      z.strictObject({ description: Text, content: z.strictObject({ '*/*': z.looseObject({}) }) }),
    ])
    .optional(),
  responses: z.record(z.string().regex(/^[2345]\d\d$/), z.union([Response, Reference])),
  security: z.array(z.record(z.string(), z.array(z.string()))),
})
const Document = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({
    ...{ title: Text, version: Text, description: Text },
    ...{ contact: z.strictObject({ name: Text }), license: z.strictObject({ name: Text, identifier: Text }) },
  }),
  servers: z.tuple([z.strictObject({ url: Text, description: Text })]),
  tags: z.array(z.strictObject({ name: Text, description: Text })),
  paths: z.record(z.string().startsWith('/'), z.partialRecord(z.enum(['get', 'post', 'patch', 'delete']), Operation)),
  components: z.strictObject({
    schemas: z.record(z.string().regex(/^\w+$/), z.looseObject({})),
    responses: z.record(z.string().regex(/^\w+$/), Response),
    securitySchemes: z.strictObject({ viewToken: Scheme, adminToken: Scheme, pairingSecret: Scheme }),
  }),
})

test('every route is described, and nothing that is none', () => {
  const served = routers.flatMap(router =>
    router.stack.flatMap(({ methods, path }) =>
      methods
        .filter(method => method !== 'HEAD')
        .map(method => `${method.toLowerCase()} ${String(path).replace(/[:*](\w+)/g, '{$1}')}`),
    ),
  )
  const described = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map(method => `${method} ${path}`),
  )
  expect(described.sort()).toEqual(served.sort())
})

test('the document is one of OpenAPI 3.1: its structure, its references and its ids', () => {
  const { paths, components } = Document.parse(JSON.parse(JSON.stringify(document)))
  const ids = Object.values(paths).flatMap(operations =>
    Object.values(operations).map(({ operationId }) => operationId),
  )
  expect(new Set(ids).size).toBe(ids.length)
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference)
  expect(references.length).toBeGreaterThan(30)
  const places = (['schemas', 'responses'] as const).flatMap(kind =>
    Object.keys(components[kind]).map(id => `#/components/${kind}/${id}`),
  )
  for (const reference of references) expect(places).toContain(reference)
  for (const [path, operations] of Object.entries(paths))
    for (const operation of Object.values(operations))
      expect(operation.parameters.filter(one => one.in === 'path').map(({ name }) => name)).toEqual(
        [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
      )
})
