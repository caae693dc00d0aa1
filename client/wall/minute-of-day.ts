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
