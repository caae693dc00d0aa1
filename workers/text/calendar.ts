import { type Instant, toInstant } from '../../shared/domain/primitives.ts'

/** The parts of a date. `month` begins at 0. */
export type Parts = [year: number, month: number, day: number, hour: number, minute: number, second: number, ms: number]

/** The parts of a date and the name of its zone → Instant; null for an impossible day, hour or zone. */
export function instantOf([year, month, day, hour, minute, second, ms]: Parts, zone: string): Instant | null {
  const isEndOfDay = hour === 24 && minute === 0 && second === 0
  if (month < 0 || (hour > 23 && !isEndOfDay) || minute > 59 || second > 60) return null
  const midnight = new Date(Date.UTC(year, month, day))
  if (midnight.getUTCMonth() !== month || midnight.getUTCDate() !== day) return null
  const leapless = Math.min(second, 59)
  const local = midnight.getTime() + ((hour * 60 + minute) * 60 + leapless) * 1000 + ms
  const offset = zoneOffset(zone.toLowerCase(), local)
  return offset === null ? null : bounded(local - offset * 60_000)
}

const EARLIEST = Date.UTC(1990, 0)
const LATEST = Date.UTC(2100, 0)
export const bounded = (ms: number): Instant | null => (ms >= EARLIEST && ms < LATEST ? toInstant(ms) : null)

/** A year of two digits lies between 1950 and 2049. @see https://www.rfc-editor.org/rfc/rfc5322#section-4.3 */
export const fullYear = (year: string): number =>
  year.length === 4 ? Number(year) : Number(year) + (Number(year) < 50 ? 2000 : 1900)

/** Hours east of UTC. @see https://www.rfc-editor.org/rfc/rfc5322#section-4.3 */
const zones: ReadonlyMap<string, number> = new Map([
  ...['z', 'ut', 'utc', 'gmt'].map(name => [name, 0] as const),
  ...([
    ['edt', -4],
    ['est', -5],
    ['cdt', -5],
    ['cst', -6],
    ['mdt', -6],
    ['mst', -7],
    ['pdt', -7],
    ['pst', -8],
    ['bst', 1],
    ['cet', 1],
    ['cest', 2],
    ['jst', 9],
    ['aest', 10],
    ['aedt', 11],
  ] as const),
])

/** Further zones of feeds. Many are words too, so running text is not searched for them. */
const zonesOfFeeds: ReadonlyMap<string, number> = new Map(
  Object.entries({
    ...{ wet: 0, west: 1, ist: 5.5, mez: 1, mesz: 2, met: 1, mest: 2, eet: 2, eest: 3, msk: 3, msd: 4, trt: 3, idt: 3 },
    ...{ gst: 4, pkt: 5, npt: 5.75, ict: 7, wib: 7, wita: 8, wit: 9, sgt: 8, myt: 8, hkt: 8, pht: 8, phst: 8, kst: 9 },
    ...{ awst: 8, acst: 9.5, acdt: 10.5, nzst: 12, nzdt: 13, sast: 2, cat: 2, eat: 3, wat: 1, brt: -3, brst: -2 },
    ...{ art: -3, clt: -4, clst: -3, cot: -5, pet: -5, ast: -4, adt: -3, nst: -3.5, ndt: -2.5, akst: -9, akdt: -8 },
    ...{ hst: -10, hast: -10, hadt: -9, sst: -11 },
  }),
)

/** Zones whose offset depends on the day. */
const zonesWithSummer: ReadonlyMap<string, string> = new Map([
  ['et', 'America/New_York'],
  ['ct', 'America/Chicago'],
  ['mt', 'America/Denver'],
  ['pt', 'America/Los_Angeles'],
])

/** Minutes east of UTC; null for an unknown zone. @param zone in small letters @param local ms, in that zone */
export function zoneOffset(zone: string, local: number): number | null {
  const hours = zonesOfFeeds.get(zone)
  if (hours !== undefined) return hours * 60
  const named = zonesWithSummer.get(zone) ?? ianaNames.get(zone)
  if (named !== undefined) return offsetIn(named, local)
  if (/^[a-ik-y]$/.test(zone)) return 0 // RFC 5322: the signs of the military letters were written both ways
  return offsetOf(zone)
}

/** The same for zones that running text names. */
export function offsetOf(zone: string): number | null {
  const hours = zones.get(zone)
  if (hours !== undefined) return hours * 60
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone)
  if (!match) return null
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0)
  return minutes > 14 * 60 ? null : match[1] === '-' ? -minutes : minutes
}

/** Names in small letters → as the runtime knows them. */
const ianaNames: ReadonlyMap<string, string> = new Map(
  [...Intl.supportedValuesOf('timeZone'), 'Etc/UTC', 'Etc/GMT', 'US/Eastern', 'US/Central', 'US/Pacific'].map(name => [
    name.toLowerCase(),
    name,
  ]),
)

const formats = new Map<string, Intl.DateTimeFormat>()

/** The offset that a zone has at its own local time. In the hour that occurs twice, the first one counts. */
function offsetIn(timeZone: string, local: number): number {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
  formats.set(timeZone, format)
  const at = (ms: number): number => {
    const name = format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? ''
    return offsetOf(name.replace('GMT', '').slice(0, 6)) ?? 0
  }
  return at(local - at(local) * 60_000)
}
