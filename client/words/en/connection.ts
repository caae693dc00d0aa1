/** The line to the server, and how fresh the picture is. */
export const connection = {
  /** Read aloud. */
  spoken: (state: string) => `Connection: ${state}`,
  live: 'live',
  liveSign: (ago: string) => `live · ${ago} ago`,
  connecting: 'connecting',
  reconnecting: (since: string) => `reconnecting since ${since}`,
  noReadings: 'waiting for the first readings',
  stale: (since: string) => `stale since ${since}`,
}
