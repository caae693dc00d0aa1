/** 'Ada King' → 'AK', 'Jean-Luc de la Tour' → 'JT', '山田太郎' → '山'. At most two characters. */
export function initialsOf(name: string): string {
  const parts = name.split(/\s+/).filter(part => /^\p{L}/u.test(part))
  const [first = name] = parts
  const last = parts.length > 1 ? parts.at(-1) : undefined
  const initial = (part: string): string => String.fromCodePoint(part.codePointAt(0) ?? 0x20).toUpperCase()
  return initial(first) + (last === undefined ? '' : initial(last))
}
