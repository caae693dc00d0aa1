/** What must be known before anything else on a page is read. */
export const banners = {
  label: 'Notices',
  simulated: 'SIMULATED:',
  invented: "invented providers' news and incidents, not the real state of any cloud",
  noneReachable: (sources: number) =>
    `None of the ${sources} sources can be reached from here. Check this machine's way out to the internet.`,
  /** A command follows. */
  tryDemo: 'To see Nephoscope with simulated providers, run:',
  notThePresent: (state: string) =>
    `This picture is not the present: ${state}. What is hatched is what was last known.`,
  /** What is shown was kept at the last visit. */
  lastKnown: (state: string) =>
    `No connection to the server yet. This is the last known state, ${state}; what is hatched may have changed.`,
  more: (n: number) => `And ${n} more.`,
  outdated: 'A newer version of this page is there.',
  load: 'Load it',
}
