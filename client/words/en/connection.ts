/** The line to the server, and how fresh the picture is. */
export const connection = {
  /** Read aloud. */
  spoken: (state: string) => `Connection: ${state}`,
  live: 'live',
  liveSign: (ago: string) => `live · ${ago} ago`,
  connecting: 'connecting',
  reconnecting: (since: string) => `reconnecting since ${since}`,
  /** What was seen at the last visit: '14:02' and '3 h 5 min ago'. */
  lastKnown: (time: string, ago: string) => `as of ${time}, ${ago}`,
  noReadings: 'waiting for the first readings',
  stale: (since: string) => `stale since ${since}`,
}
