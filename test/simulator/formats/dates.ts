/** `Thu, 23 Jul 2026 16:29:09 GMT`: what RFC 822 feeds carry. */
export const gmt = (ms: number): string => new Date(ms).toUTCString()

/** `Thu, 23 Jul 2026 16:29:09 Z`: as Azure writes it. */
export const zulu = (ms: number): string => gmt(ms).replace('GMT', 'Z')

/** `Thu, 23 Jul 2026 08:29:09 PST`: as AWS writes it; here all the year round, for the instant is the same. */
export const pacific = (ms: number): string => gmt(ms - 8 * 3_600_000).replace('GMT', 'PST')

/** `2026-07-23T16:29:09+00:00`: as Google writes it. */
export const offset = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, '+00:00')

/** Seconds since the epoch. */
export const seconds = (ms: number): number => Math.floor(ms / 1000)
