import { nearest } from '../../shared/domain/nearest.ts'

/** Codes with a name that are no country's: unions, pseudo-locales, the unknown. */
const noCountries: ReadonlySet<string> = new Set(['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ'])

/**
 * The countries of ISO 3166-1, as the runtime's own tables have them (CLDR): an article may name any of them. A code is
 * in capitals.
 */
export function knownCountries() {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const codes = new Map<string, string>()
  for (const code of letters.flatMap(first => letters.map(second => first + second))) {
    const name = names.of(code)
    if (name !== undefined && !noCountries.has(code) && presentCode(code) === code) codes.set(code, name)
  }
  return {
    has: (code: string) => codes.has(code),
    keys: () => codes.keys(),
    /** The code for a former code, or for a name in English. The nearest of two letters would be any. */
    nearest(word: string): string | null {
      if (/^[a-z]{2}$/i.test(word)) return lowerIfKnown(presentCode(word))
      const byName = new Map([...codes].map(([code, name]) => [name.toLowerCase(), code]))
      return lowerIfKnown(byName.get(nearest(word.toLowerCase(), byName.keys()) ?? ''))
    },
  }

  function lowerIfKnown(code: string | undefined): string | null {
    return code !== undefined && codes.has(code) ? code.toLowerCase() : null
  }
}

/** 'UK' → 'GB' @see https://tc39.es/ecma402/#sec-canonicalizeunicodelocaleid */
const presentCode = (code: string): string | undefined => new Intl.Locale(`und-${code}`).region
