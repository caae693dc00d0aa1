import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'

/**
 * Values of YAML texts, by the SHA-256 of the text. A build makes them of the files that it ships, because parsing YAML
 * takes a third of a role's start. A file that was changed since has another digest, and is parsed.
 */
export type ParsedYaml = ReadonlyMap<string, unknown>

const Kept = z.record(z.string(), z.unknown())

/** What a build kept in this file; nothing where there is no such file, or it is damaged. */
export async function loadParsed(file: URL): Promise<ParsedYaml> {
  try {
    return new Map(Object.entries(Kept.parse(JSON.parse(await readFile(file, 'utf8')))))
  } catch {
    return new Map()
  }
}

export const parsedOf = (text: string, known: ParsedYaml): unknown =>
  known.size === 0 ? undefined : known.get(digestOf(text))

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')
