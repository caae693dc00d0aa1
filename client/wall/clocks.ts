import type { RegionId } from '../../shared/domain/primitives.ts'
import type { Region } from '../../shared/domain/region.ts'
import { isTimeZone } from '../../shared/domain/time-zone.ts'
import { timeIn, type When } from '../state/time.ts'
import { zoneCity } from '../state/time-zones.ts'

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
