/** ISO 3166-1 code → the country's name in `locale`; the code itself when unknown. */
export function countriesIn(locale: string): (code: string) => string {
  const names = new Intl.DisplayNames([locale], { type: 'region' })
  return code => names.of(code) ?? code
}

/**
 * Lists in `locale`: `a`, `a and b`, `a, b and c`; beyond `most` the rest is counted: `a, b and 4 more`.
 * @see https://tc39.es/ecma402/#listformat-objects
 */
export function listsIn(locale: string, rest: (n: number) => string) {
  const format = new Intl.ListFormat(locale, { type: 'conjunction' })
  return (items: readonly string[], most = 3): string =>
    format.format(items.length > most ? [...items.slice(0, most), rest(items.length - most)] : items)
}

/** How numbers are written in `locale`. @see https://tc39.es/ecma402/#numberformat-objects */
export function numbersIn(locale: string) {
  const plain = writing(locale)
  const oneDecimal = writing(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const compact = writing(locale, { notation: 'compact' })
  const share = writing(locale, { style: 'percent', maximumFractionDigits: 0 })
  const exact = writing(locale, { style: 'percent', maximumFractionDigits: 2 })
  return {
    /** `1,204` */
    whole: (n: number): string => plain(n),
    /** `1.3M` */
    compact: (n: number): string => compact(n),
    /** `0.4` */
    tenths: (n: number): string => oneDecimal(n),
    /** Hundredths → `66%`. */
    percent: (hundredths: number): string => share(hundredths / 100),
    /** A share of 1 → `99.95%`. */
    exactPercent: (of: number): string => exact(of),
  }
}

/** The format is created at its first use: creating all of them takes a tenth of the page's start. */
function writing(locale: string, options?: Intl.NumberFormatOptions): (n: number) => string {
  let format: Intl.NumberFormat | undefined
  return n => {
    format ??= new Intl.NumberFormat(locale, options)
    return format.format(n)
  }
}

export const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Topic → its name; a topic that only a sources file names is shown as written there. */
export const topicIn =
  (names: Readonly<Record<string, string>>) =>
  (topic: string): string =>
    Object.hasOwn(names, topic) ? (names[topic] ?? topic) : topic.replaceAll('-', ' ')

/** Primary language subtag → the language's name in `locale`; the tag itself when unknown. */
export function languagesIn(locale: string): (tag: string) => string {
  const names = new Intl.DisplayNames([locale], { type: 'language' })
  return tag => names.of(tag) ?? tag
}
