/** The address of a source's own host: all of 127.0.0.0/8 is loopback on Linux. */
export const hostOf = (source: number): string =>
  `127.${1 + ((source >> 16) & 127)}.${(source >> 8) & 255}.${source & 255}`
