/** How figures are written where `locale` is spoken. @see https://tc39.es/ecma402/#numberformat-objects */
export function numbersIn(locale: string) {
  const plain = writing(locale)
  const oneDecimal = writing(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const share = writing(locale, { style: 'percent', maximumFractionDigits: 0 })
  return {
    /** `1,204` */
    whole: (n: number): string => plain(n),
    /** `0.4` */
    tenths: (n: number): string => oneDecimal(n),
    /** A whole number of hundredths → `66%`. */
    percent: (hundredths: number): string => share(hundredths / 100),
  }
}

/** A format is made when a first number is written: making all of them costs the page a tenth of its start. */
function writing(locale: string, options?: Intl.NumberFormatOptions): (n: number) => string {
  let format: Intl.NumberFormat | undefined
  return n => {
    format ??= new Intl.NumberFormat(locale, options)
    return format.format(n)
  }
}
