import { readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { expect, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import type * as packed from '../../programs/client/records.ts'
import { Article } from '../../shared/domain/article.ts'
import { AuditEntry } from '../../shared/domain/audit.ts'
import { type Event, EventDraft } from '../../shared/domain/events.ts'
import { Acknowledgement, Handling, OfficeEntry } from '../../shared/domain/handling.ts'
import { Incident } from '../../shared/domain/incident.ts'
import { LedgerEntry } from '../../shared/domain/ledger.ts'
import { Notice, OfficeSettings } from '../../shared/domain/notice.ts'
import { Probe } from '../../shared/domain/probe.ts'
import { Provider, Region, RegionStatus } from '../../shared/domain/region.ts'
import { Snapshot } from '../../shared/domain/snapshot.ts'
import { Source } from '../../shared/domain/source.ts'
import { Stack, Use } from '../../shared/domain/stack.ts'
import { Component, Impact, Stage, Status } from '../../shared/domain/status.ts'

/** The records of the package, each with the schema that says what it is. */
const records = {
  ...{ Status, Stage, Impact, Incident, LedgerEntry, Component, RegionStatus, Article, Source, Probe, Notice },
  ...{ OfficeSettings, Stack, Use, Provider, Region, Snapshot, Handling, Acknowledgement, OfficeEntry, AuditEntry },
}

test('the types of @nephoscope/client are what the schemas say: `npm run docs` writes them', async () => {
  await expect(declarations()).toMatchFileSnapshot('../../programs/client/records.ts')
})

test('the compiler finds them equal', () => {
  expectTypeOf<packed.Event>().toExtend<Event>()
  expectTypeOf<Event>().toExtend<packed.Event>()
  expectTypeOf<packed.Snapshot>().toExtend<Snapshot>()
  expectTypeOf<Snapshot>().toExtend<packed.Snapshot>()
})

const domain = new URL('../../shared/domain/', import.meta.url)
const sources = readdirSync(domain)
  .filter(name => name.endsWith('.ts'))
  .map(name => ts.createSourceFile(name, readFileSync(new URL(name, domain), 'utf8'), ts.ScriptTarget.ESNext, true))

function declarations(): string {
  const named = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(records)) named.add(schema, { id })
  const { schemas } = z.toJSONSchema(named, { uri: id => id, unrepresentable: 'any' })
  const types = Object.entries(schemas).map(([name, schema]) => {
    const { $id, $schema, ...rest } = schema
    return `${docOf(name)}export type ${name} = ${typeOf(Schema.parse(rest), docsOf(name), '')}\n`
  })
  const events = EventDraft.options.map(({ shape: { type, data } }) => {
    const known = Object.entries(records).find(([, schema]) => schema === (data as z.ZodType))?.[0]
    const itself = () => typeOf(Schema.parse(z.toJSONSchema(data, { metadata: named })), new Map(), '  ')
    return `  '${type.value}': ${known ?? itself()}\n`
  })
  return [
    '// The records of Nephoscope as types, made from its schemas by `npm run docs`.\n',
    '/** What an event of each type brings: whole records, so that applying it twice changes nothing. */',
    `export type EventData = {\n${events.join('')}}\n`,
    '/** Something that happened. `id` orders events, and is where to go on after a cut. */',
    'export type Event = {',
    '  [Type in keyof EventData]: { id: string; type: Type; at: string; channels: string[]; data: EventData[Type] }',
    '}[keyof EventData]\n',
    types.join('\n'),
  ].join('\n')
}

/** The part of JSON Schema that zod writes. */
type Schema = z.infer<typeof Plain> & {
  properties?: Record<string, Schema> | undefined
  additionalProperties?: Schema | boolean | undefined
  items?: Schema | undefined
  anyOf?: Schema[] | undefined
  oneOf?: Schema[] | undefined
}
const Plain = z.object({
  $ref: z.string().optional(),
  type: z.string().optional(),
  const: z.union([z.string(), z.boolean()]).optional(),
  enum: z.array(z.string()).optional(),
  required: z.array(z.string()).optional(),
})
const Schema: z.ZodType<Schema> = Plain.extend({
  properties: z
    .record(
      z.string(),
      z.lazy(() => Schema),
    )
    .optional(),
  additionalProperties: z.union([z.boolean(), z.lazy(() => Schema)]).optional(),
  items: z.lazy(() => Schema).optional(),
  anyOf: z.array(z.lazy(() => Schema)).optional(),
  oneOf: z.array(z.lazy(() => Schema)).optional(),
})

function typeOf(schema: Schema, docs: ReadonlyMap<string, string>, indent: string): string {
  const choices = schema.anyOf ?? schema.oneOf
  if (schema.$ref !== undefined) return schema.$ref.replace('#/$defs/', '')
  if (choices) return [...new Set(choices.map(one => typeOf(one, docs, indent)))].join(' | ')
  if (schema.const !== undefined) return literal(schema.const)
  if (schema.enum) return schema.enum.map(literal).join(' | ')
  if (schema.items) {
    const item = typeOf(schema.items, docs, indent)
    const isChoice = schema.items.$ref === undefined && (schema.items.anyOf ?? schema.items.oneOf ?? schema.items.enum)
    return isChoice ? `(${item})[]` : `${item}[]`
  }
  if (schema.type === 'integer') return 'number'
  if (schema.type !== 'object') return schema.type ?? 'unknown'
  if (typeof schema.additionalProperties === 'object')
    return `Record<string, ${typeOf(schema.additionalProperties, docs, indent)}>`
  const lines = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const [mark, orNone] = schema.required?.includes(name) ? ['', ''] : ['?', ' | undefined']
    const doc = docs.get(name)
    const type = typeOf(property, new Map(), `${indent}  `)
    return `${doc ? `${indent}  ${doc}\n` : ''}${indent}  ${name}${mark}: ${type}${orNone}\n`
  })
  return `{\n${lines.join('')}${indent}}`
}

const literal = (value: string | boolean): string => (typeof value === 'string' ? `'${value}'` : String(value))

/** What the domain says of a schema, and of each of its fields: those of schemas that it is made from too. */
function docsOf(name: string, found = new Map<string, string>()): Map<string, string> {
  const declared = declarationOf(name)
  if (declared === undefined) return found
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && !found.has(node.name.getText())) {
      const doc = docOfNode(node)
      if (doc !== '') found.set(node.name.getText(), doc)
    }
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) docsOf(node.expression.text, found)
    ts.forEachChild(node, visit)
  }
  visit(declared)
  return found
}

const docOf = (name: string): string => {
  const declared = declarationOf(name)
  const doc = declared === undefined ? '' : docOfNode(declared)
  return doc === '' ? '' : `${doc}\n`
}

const docOfNode = (node: ts.Node): string =>
  ts
    .getJSDocCommentsAndTags(node)
    .filter(doc => ts.isJSDoc(doc))
    .map(doc => `/** ${ts.getTextOfJSDocComment(doc.comment)?.replace(/\s+/g, ' ')} */`)
    .at(-1) ?? ''

function declarationOf(name: string): ts.VariableStatement | undefined {
  const declares = (node: ts.Statement): node is ts.VariableStatement =>
    ts.isVariableStatement(node) && node.declarationList.declarations.some(one => one.name.getText() === name)
  for (const { statements } of sources) {
    const declared = statements.find(declares)
    if (declared) return declared
  }
  return undefined
}
