import { z } from 'zod'

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** A duration as files write it, `20s` or `5m`, in ms. @param range how a message names both ends: '500ms to 24h' */
export const durationIn = (shortestMs: number, longestMs: number, range: string) =>
  z.unknown().transform((value, context): number => {
    const [, count, unit = ''] = /^(\d{1,9})(ms|s|m|h)$/.exec(String(value)) ?? []
    const ms = Number(count) * (units[unit] ?? Number.NaN)
    if (Number.isNaN(ms)) context.addIssue('is not a duration: write it like 20s, 5m or 1h')
    else if (ms < shortestMs || ms > longestMs) context.addIssue(`is out of range: use ${range}`)
    return ms
  })
