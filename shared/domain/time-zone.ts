/** Whether this machine knows a zone by this name, such as `Asia/Tokyo`. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== ''
  } catch {
    return false
  }
}

/** The zone that a name or a city means, capitals aside: `asia/tokyo`, `Tokyo` and `new york` name one; null where none is called so. */
export function zoneNamed(text: string): string | null {
  const wanted = text.trim().replaceAll(' ', '_').toLowerCase()
  if (wanted === '') return null
  const found = Intl.supportedValuesOf('timeZone').find(
    zone => zone.toLowerCase() === wanted || zone.toLowerCase().endsWith(`/${wanted}`),
  )
  return found ?? (isTimeZone(text.trim()) ? text.trim() : null)
}
