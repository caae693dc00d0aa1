/** An element as xml2js gives it: text, or an object with `_` (text), `$` (attributes) and its children by name. */
export type Fields = Record<string, unknown>

/** The children of an element whose names carry the prefix, under their own names. */
export function fieldsOf(element: unknown, prefix: string): Fields {
  const fields: Fields = Object.create(null)
  if (typeof element !== 'object' || element === null) return fields
  for (const [name, value] of Object.entries(element)) {
    if (name.startsWith(prefix)) fields[name.slice(prefix.length)] = value
  }
  return fields
}

/** All elements of one name, in their order. */
export const childrenOf = (fields: Fields, name: string): unknown[] => {
  const children = fields[name]
  return Array.isArray(children) ? children : []
}

/** The text of the first element that has any, by the order of the names; else ''. */
export function textOf(fields: Fields, ...names: string[]): string {
  for (const name of names) {
    for (const child of childrenOf(fields, name)) {
      const text = typeof child === 'string' ? child : ownText(child)
      if (text.trim() !== '') return text.trim()
    }
  }
  return ''
}

/** The attributes of an element that are strings. */
export function attributesOf(element: unknown): Partial<Record<string, string>> {
  const attributes: Partial<Record<string, string>> = Object.create(null)
  if (typeof element !== 'object' || element === null || !('$' in element)) return attributes
  for (const [name, value] of Object.entries(element.$ ?? {})) if (typeof value === 'string') attributes[name] = value
  return attributes
}

const ownText = (element: unknown): string =>
  typeof element === 'object' && element !== null && '_' in element && typeof element._ === 'string' ? element._ : ''
