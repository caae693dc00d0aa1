/** The page that shows and controls the screens on walls. */
export const walls = {
  summary: (there: number, all: number, zone: string) =>
    all === 0 ? 'No screen has reported yet.' : `${there} of ${all} connected. Times are ${zone}.`,
  none: 'Open /wall on a screen, and it appears here.',
  openWall: 'Open a wall here',
  asking: 'Asking for the screens.',
  locked: 'The admin token shows and controls the screens on the walls.',
  unlock: 'Enter the admin token',
  openWalls: 'Control the walls',
  open: 'Open',
  closed: 'This server has no ADMIN_TOKEN, so its screens cannot be controlled.',
  stale: 'No live connection: what stands here is the last that was known.',
  unnamed: (id: string) => `Screen ${id}`,
  connected: 'connected',
  lastSeen: (clock: string, ago: string) => `last seen ${clock} (${ago})`,
  neverSeen: 'never seen',
  notYetSeen: 'admitted, not yet connected',
  admittedByCode: 'admitted by code',
  facts: {
    scene: 'Scene',
    dataAsOf: 'Data as of',
    seen: 'Heartbeat',
    size: 'Resolution',
    frames: 'Frames',
    build: 'Build',
    address: 'Address',
  },
  nothing: 'none',
  hidden: 'hidden',
  size: (width: number, height: number, ratio: number) =>
    ratio === 1 ? `${width} × ${height}` : `${width} × ${height} at ${Math.round(ratio * 100) / 100}`,
  fps: (frames: number) => `${frames} a second`,
  screenshotOf: (name: string, clock: string) => `What ${name} showed at ${clock}`,
  noScreenshot: 'No picture yet',
  pinned: 'pinned',
  muted: 'muted',
  alerting: 'incident on screen',
  scene: 'Scene',
  show: 'Show',
  pin: 'Pin',
  unpin: 'Let rotate',
  identify: 'Identify',
  reload: 'Reload',
  mute: 'Mute',
  unmute: 'Unmute',
  acknowledge: 'Acknowledge',
  edit: 'Rename',
  save: 'Save',
  remove: { withdraw: 'Withdraw', forget: 'Forget' },
  sure: {
    withdraw: (name: string) => `${name} goes dark at once and must be admitted again.`,
    forget: (name: string) => `${name} is taken off this list.`,
  },
  /** A button's label with its screen, read aloud. */
  ofScreen: (what: string, name: string) => `${what} ${name}`,
  name: 'Name',
  place: 'Place',
  /** Open incidents that nobody takes care of. */
  unacknowledged: {
    heading: 'Nobody has acknowledged',
    count: (n: number) =>
      n === 0
        ? 'Every open incident is acknowledged.'
        : n === 1
          ? 'One open incident may still interrupt walls.'
          : `${n} open incidents may still interrupt walls.`,
  },
  admit: {
    heading: 'Admit a screen',
    waiting: (n: number) =>
      n === 0
        ? 'No screen waits.'
        : n === 1
          ? 'One screen shows a code and waits.'
          : `${n} screens show a code and wait.`,
    code: 'Code on the screen',
    button: 'Admit',
  },
  notice: {
    heading: 'Announce on every wall',
    text: 'Notice',
    level: 'Level',
    levels: { info: 'information', warning: 'warning', urgent: 'urgent' },
    lasts: 'Stays for',
    hours: (n: number) => (n === 1 ? '1 hour' : `${n} hours`),
    untilWithdrawn: 'until withdrawn',
    button: 'Announce',
    withdraw: 'Withdraw',
    until: (clock: string) => `until ${clock}`,
    none: 'No notice is up.',
  },
  outcomes: {
    shown: (name: string) => `${name}: shown.`,
    unanswered: (name: string) => `${name} did not answer.`,
    'not-connected': (name: string) => `${name} is not connected.`,
  },
  keptFor: (name: string) => `${name} does not answer now; it follows when it is back.`,
  renamed: (name: string) => `It is called ${name} now.`,
  admitted: (name: string) => `${name} is admitted.`,
  forgotten: (name: string) => `${name} is forgotten.`,
  withdrawn: (name: string) => `The admission of ${name} is withdrawn.`,
  announced: 'The notice is up.',
  noticeWithdrawn: 'The notice is withdrawn.',
  unreachable: 'The server could not be reached. Try again.',
  refused: (why: string) => `Not done: ${why}.`,
}
