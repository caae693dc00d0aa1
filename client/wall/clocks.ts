import type { RegionId } from '../../shared/domain/primitives.ts'
import type { Region } from '../../shared/domain/region.ts'
import { isTimeZone } from '../../shared/domain/time-zone.ts'
import { timeIn, type When, zoneCity } from '../ui/time.ts'

/** A city's clock: `14:02`, and the day it is there. `here`: it is the wall's own. */
export type CityClock = { zone: string; city: string; time: string; day: string; here: boolean }

/** Where nobody named cities and nothing is theirs: one in each third of the earth. */
const somewhere = ['America/New_York', 'Europe/London', 'Asia/Tokyo']

/** The zones whose clocks are shown: those that were named, else the wall's own and those of its regions. */
export function clockZones(
  cities: readonly string[],
  mine: ReadonlySet<RegionId>,
  regions: ReadonlyMap<RegionId, Pick<Region, 'timezone'>>,
  own: string,
): string[] {
  if (cities.length > 0) return [...cities]
  const theirs = [...mine].flatMap(id => regions.get(id)?.timezone ?? []).filter(isTimeZone)
  return [...new Set([own, ...(theirs.length > 0 ? theirs : somewhere)])]
}

/** What the clocks of these zones say now. */
export const cityClocks = (zones: readonly string[], when: When): CityClock[] =>
  zones.flatMap(zone => {
    const time = timeIn(zone, when)
    if (time === null) return []
    const day = new Intl.DateTimeFormat(when.words.locale, { weekday: 'long', timeZone: zone }).format(when.now)
    return [{ zone, city: zoneCity(zone), time, day, here: zone === when.zone }]
  })

/** One a zone, for making one costs more than a thousand uses. A wall has one zone, so this does not grow. */
let known: { zone: string; format: Intl.DateTimeFormat } | null = null

/** Minutes since midnight in a zone (IANA name), from ms since the epoch. */
export function minuteOfDay(now: number, zone: string): number {
  if (known?.zone !== zone)
    known = {
      zone,
      format: new Intl.DateTimeFormat('en', {
        timeZone: zone,
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      }),
    }
  const [hour = 0, minute = 0] = known.format.format(now).split(':').map(Number)
  return hour * 60 + minute
}
