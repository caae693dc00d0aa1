/** How others follow a region, and the page of one. */
export const subscribe = {
  noRegion: (id: string) => `No provider that is watched here has a region '${id}'.`,
  heading: 'Subscribe',
  about: 'All that happens here is told at once, to programs and to people.',
  channel: 'Channel',
  program: 'From a program',
  stream: 'From a shell',
  feed: (format: string) => `Feed, ${format}`,
  badge: 'Badge',
  badgeOf: (place: string) => `Badge of ${place}`,
  frame: 'On any page',
  copy: 'Copy',
  copied: (what: string) => `${what}: copied.`,
  notCopied: (what: string) => `${what}: this browser does not let it be copied. Select the text instead.`,
}
