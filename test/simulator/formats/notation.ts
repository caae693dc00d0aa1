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

/** `2026-07-23T16:29:09.000Z` */
export const iso = (ms: number): string => new Date(ms).toISOString()

/** `2026-07-23 16:29:09`: UTC without a zone, as in Cachet and Uptime Kuma. */
export const bare = (ms: number): string => iso(ms).slice(0, 19).replace('T', ' ')

/** `2026-07-23T08:29:09-08:00`: as Slack writes it; here all the year round. */
export const pacificIso = (ms: number): string => `${iso(ms - 8 * 3_600_000).slice(0, 19)}-08:00`

/** Text → XML character data; also fit for attributes in double quotes. */
export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** `<name attributes>text</name>`, the text escaped. */
export const element = (name: string, text: string, attributes = ''): string =>
  `<${name}${attributes && ` ${attributes}`}>${escapeXml(text)}</${name}>`
