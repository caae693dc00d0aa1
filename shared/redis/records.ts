import type { z } from 'zod'

/** Called for a stored record that does not pass its schema, as after a downgrade or a manual edit. */
export type OnInvalid = (what: string, key: string, why: string) => void

/** Stored JSON → a record; undefined, after a call of `onInvalid`, if it is not valid. */
export function parseRecord<S extends z.ZodType>(
  schema: S,
  what: string,
  key: string,
  json: string | null | undefined,
  onInvalid: OnInvalid,
): z.infer<S> | undefined {
  if (json === null || json === undefined) return undefined
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    onInvalid(what, key, 'not JSON')
    return undefined
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  onInvalid(what, key, issue ? `${issue.path.join('.')}: ${issue.message}` : 'does not fit the schema')
  return undefined
}

/** A hash of JSON texts → records by key. Invalid ones are left out and reported. */
export function parseHash<S extends z.ZodType>(
  schema: S,
  what: string,
  hash: Record<string, string>,
  onInvalid: OnInvalid,
): Map<string, z.infer<S>> {
  const records = new Map<string, z.infer<S>>()
  for (const [key, json] of Object.entries(hash)) {
    const record = parseRecord(schema, what, key, json, onInvalid)
    if (record !== undefined) records.set(key, record)
  }
  return records
}
