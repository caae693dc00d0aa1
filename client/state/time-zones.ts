import { isTimeZone } from '../../shared/domain/time-zone.ts'

/** What people call a zone: `Asia/Tokyo` → `Tokyo`, `America/Argentina/Buenos_Aires` → `Buenos Aires`. */
export const zoneCity = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')

/** Zones that one may choose from, each once, by their cities. `chosen` is among them whatever the places are. */
export function zonesOf(places: Iterable<{ timezone: string }>, chosen: string | null): string[] {
  const zones = new Set([...places].map(({ timezone }) => timezone))
  if (chosen !== null) zones.add(chosen)
  return [...zones].filter(isTimeZone).sort((a, b) => zoneCity(a).localeCompare(zoneCity(b)))
}
