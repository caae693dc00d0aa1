/**
 * Lists where `locale` is spoken: `a`, `a and b`, `a, b and c`; beyond `most`, the rest is counted: `a, b and 4 more`.
 * @see https://tc39.es/ecma402/#listformat-objects
 */
export function listsIn(locale: string, rest: (n: number) => string) {
  const format = new Intl.ListFormat(locale, { type: 'conjunction' })
  return (items: readonly string[], most = 3): string =>
    format.format(items.length > most ? [...items.slice(0, most), rest(items.length - most)] : items)
}
