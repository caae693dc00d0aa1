/** How figures are written where `locale` is spoken. @see https://tc39.es/ecma402/#numberformat-objects */
export function numbersIn(locale: string) {
  const plain = new Intl.NumberFormat(locale)
  const oneDecimal = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  return {
    /** `1,204` */
    whole: (n: number): string => plain.format(n),
    /** `0.4` */
    tenths: (n: number): string => oneDecimal.format(n),
    /** A whole number of hundredths → `66%`. */
    percent: (hundredths: number): string => share.format(hundredths / 100),
  }
}
