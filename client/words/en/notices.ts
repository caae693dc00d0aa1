/** Notices of the system and the tone, about incidents in the reader's own regions. */
export const notices = {
  heading: 'Notices',
  /** The button's state, read aloud. */
  state: (on: boolean): string => (on ? 'Notices, on' : 'Notices, off'),
  what: (regions: number) =>
    regions === 1
      ? 'You are told when an incident reaches your region or grows worse there, and when it is over. Planned work is not told.'
      : `You are told when an incident reaches one of your ${regions} regions or grows worse there, and when it is over. Planned work is not told.`,
  chooseFirst: 'Notices are about your own regions, and you have chosen none yet.',
  show: 'Show a notice on this screen while I look elsewhere',
  sound: 'Play a quiet tone',
  soundRule: 'After a reload the browser lets the page sound only once you have clicked on it.',
  asks: 'Your browser will ask whether it may.',
  denied: 'Your browser does not let this page show notices. Allow them in its settings for this site.',
  unsupported: 'This browser shows notices only for pages over https or on localhost.',
  here: 'This is kept on this device, and works while the page is open.',
  title: {
    opened: (where: string) => `${where}: new incident`,
    worsened: (where: string) => `${where}: incident grows worse`,
    resolved: (where: string) => `${where}: incident is over`,
  },
}
