/** Within so long after a new build, in ms, all screens have reloaded. */
export const STAGGER = 120_000

/**
 * How long a screen waits before it takes a new build, in ms below `STAGGER`: the same whenever it is asked, and spread over
 * screens, so that neither all of them are dark at once nor all of them ask at once. Another build, another order.
 */
export const staggerOf = (screen: string, build: string): number => hash(`${screen}\n${build}`) % STAGGER

/** FNV-1a, 32 bits, with a last stir so that neighbours spread. @see http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193)
  value ^= value >>> 16
  return Math.imul(value, 0x85ebca6b) >>> 0
}
