import { parseDocument } from 'yaml'
import { fail, ok, type Result } from '../domain/primitives.ts'
import type { Region } from '../domain/region.ts'
import { nestsTooDeep } from '../yaml-depth.ts'
import { readArmTemplate, readBicep } from './azure.ts'
import { readStackResources, readTemplate } from './cloudformation.ts'
import type { Findings, Knowledge, NotUnderstood, ServiceWords, VendorWords } from './finding.ts'
import { type CountedUse, gatherNotUnderstood, gatherUses } from './gather.ts'
import { readInventory, readInventoryTable } from './inventory.ts'
import { readNodes, readNodeTable } from './kubernetes.ts'
import { createPlaces } from './places.ts'
import { readPulumi } from './pulumi.ts'
import { readTerraformCode, readTerraformShow, readTerraformState } from './terraform.ts'
import type { TypeTables } from './type-table.ts'
import { readWordList, wordReader } from './words.ts'

export const importKinds = [
  'terraform-state',
  'terraform-show',
  'terraform-code',
  'pulumi',
  'cloudformation',
  'stack-resources',
  'arm',
  'bicep',
  'nodes',
  'inventory',
  'words',
] as const
export type ImportKind = (typeof importKinds)[number]

/**
 * What a team runs on, as its files say it. Nothing else of them is in here: no attribute, name, id or secret. What is
 * not understood is told by the type of a resource or the number of a line.
 */
export type Imported = {
  /** The forms of the files, in their order. */
  kinds: ImportKind[]
  /** They may be more than one stack has room for. */
  uses: CountedUse[]
  notUnderstood: NotUnderstood[]
}

/** Files → the uses; one line that says what is wrong, as `main.go is in no form that is known: …`. Pure. */
export type ImportFiles = (files: readonly { name: string; text: string }[]) => Result<Imported>

/** A file may have so many bytes. */
export const MAX_IMPORT_BYTES = 64 * 1024 * 1024

/** Prepares the import once for any number of files. The catalogues say what there is, and in which words. */
export function createImport(known: {
  regions: ReadonlyMap<string, Region>
  services: Iterable<ServiceWords>
  vendors: Iterable<VendorWords>
  types: TypeTables
}): ImportFiles {
  const { regions, types } = known
  const services = new Map([...known.services].map(service => [service.id, service]))
  const vendors = new Map([...known.vendors].map(vendor => [vendor.id, vendor]))
  const readWords = wordReader(regions, services, vendors)
  const knowledge: Knowledge = { regions, places: createPlaces(regions), services, vendors, types, readWords }
  return files => {
    const kinds: ImportKind[] = []
    const all: Findings = { found: [], notUnderstood: [] }
    for (const { name, text } of files) {
      const read = readText(text, knowledge)
      if (!read.ok) return fail(`${name} ${read.error}`)
      kinds.push(read.value.kind)
      for (const finding of read.value.findings.found) all.found.push(finding)
      for (const one of read.value.findings.notUnderstood) all.notUnderstood.push(one)
    }
    return ok({ kinds, uses: gatherUses(all.found, knowledge), notUnderstood: gatherNotUnderstood(all.notUnderstood) })
  }
}

/** The bytes of a file → its text. PowerShell writes UTF-16, which its first two bytes tell. */
export function decodeImport(bytes: Uint8Array): Result<string> {
  if (bytes.length > MAX_IMPORT_BYTES)
    return fail(`is larger than ${MAX_IMPORT_BYTES / 1024 / 1024} MB: import its parts one by one`)
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8'
  return ok(new TextDecoder(encoding).decode(bytes))
}

type Reader<Input> = { kind: ImportKind; read: (input: Input, knowledge: Knowledge) => Findings | null }

/** By the schema of each form: the first that fits. An inventory is any list with types, so it comes last. */
const documentReaders: readonly Reader<unknown>[] = [
  { kind: 'terraform-state', read: readTerraformState },
  { kind: 'terraform-show', read: readTerraformShow },
  { kind: 'pulumi', read: readPulumi },
  { kind: 'stack-resources', read: readStackResources },
  { kind: 'cloudformation', read: readTemplate },
  { kind: 'arm', read: readArmTemplate },
  { kind: 'nodes', read: readNodes },
  { kind: 'inventory', read: readInventory },
]

/** Any text may be a list of words, so that comes last. */
const textReaders: readonly Reader<string>[] = [
  { kind: 'terraform-code', read: readTerraformCode },
  { kind: 'bicep', read: readBicep },
  { kind: 'nodes', read: readNodeTable },
  { kind: 'inventory', read: readInventoryTable },
  { kind: 'words', read: readWordList },
]

function readText(text: string, knowledge: Knowledge): Result<{ kind: ImportKind; findings: Findings }> {
  if (text.length > MAX_IMPORT_BYTES) return fail('is too large: import its parts one by one')
  if (text.trim() === '') return fail('is empty: give a file that names what you run on')
  const document = parseText(text)
  if (!document.ok) return document
  const refusal = refusalOf(document.value)
  if (refusal !== null) return fail(refusal)
  const isDocument = document.value !== undefined
  for (const { kind, read } of documentReaders) {
    const findings = isDocument ? read(document.value, knowledge) : null
    if (findings !== null) return ok({ kind, findings })
  }
  for (const { kind, read } of isDocument && /^\s*[{[]/.test(text) ? [] : textReaders) {
    const findings = read(text, knowledge)
    if (findings !== null) return ok({ kind, findings })
  }
  return fail(
    'is in no form that is known: give a state of Terraform or Pulumi, a template, a list of resources, nodes of Kubernetes, or words, one a line',
  )
}

/** Text → its JSON, JSON lines or YAML; undefined where it is none of them. */
function parseText(text: string): Result<unknown> {
  if (/^\s*[{[]/.test(text)) {
    try {
      return ok(JSON.parse(text))
    } catch {
      return jsonLines(text)
    }
  }
  if (!/^(?:AWSTemplateFormatVersion|Transform|Resources|apiVersion|items|kind)\s*:/m.test(text)) return ok(undefined)
  if (text.length > MAX_YAML_CHARACTERS) return fail('is YAML of more than 4 MB: give it as JSON')
  try {
    // Tags such as !Ref are of no concern, and only warned of.
    if (nestsTooDeep(text)) return fail('is YAML that nests or repeats too much: give it as JSON')
    const document = parseDocument(text, { prettyErrors: false, logLevel: 'error' })
    if (document.errors.length > 0) return fail('is YAML that cannot be read: check it with a linter')
    return ok(document.toJS({ maxAliasCount: 100 }))
  } catch {
    return fail('is YAML that nests or repeats too much: give it as JSON')
  }
}

const MAX_YAML_CHARACTERS = 4_000_000

function jsonLines(text: string): Result<unknown> {
  try {
    const lines = text.split('\n').filter(line => line.trim() !== '')
    return ok(lines.map((line): unknown => JSON.parse(line)))
  } catch {
    return fail('is JSON that is cut off or broken: write it out again')
  }
}

/** Why a document that is known cannot be read. */
function refusalOf(document: unknown): string | null {
  if (typeof document !== 'object' || document === null) return null
  if ('encrypted_data' in document) return 'is an encrypted state: import what `tofu show -json` prints'
  if ('version' in document && typeof document.version === 'number' && document.version < 4 && 'modules' in document)
    return 'is a state of before Terraform 0.12: import what `terraform show -json` of a newer version prints'
  return null
}
