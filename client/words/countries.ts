/** ISO 3166-1 code → the country's name where `locale` is spoken; the code itself where it is unknown. */
export function countriesIn(locale: string): (code: string) => string {
  const names = new Intl.DisplayNames([locale], { type: 'region' })
  return code => names.of(code) ?? code
}
