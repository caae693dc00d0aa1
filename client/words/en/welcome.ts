/** The words of the first minute, and of an installation that has read nothing yet. */
export const welcome = {
  heading: 'What is this?',
  what: 'Nephoscope shows what your clouds and vendors say of themselves, as it happens, and which of it concerns you.',
  choose: 'What do you run on?',
  office: 'Stacks of this office:',
  also: 'Or first:',
  wall: 'Put it on a wall',
  subscribe: 'Subscribe to incidents',
  api: 'Use the API',
  close: 'Close, and do not show this again',
  empty: {
    heading: 'Nothing has been read yet.',
    what: 'Within a minute of the first start, regions get their colours and incidents their rows here. Until then:',
    steps: [
      'Is a worker running? It reads the sources; this page only shows what it stores. `npm start` runs both.',
      'Can that machine reach the internet? Status pages are fetched by HTTPS; a proxy is named in HTTPS_PROXY.',
      'Which sources are read is said in the sources file (NEPHOSCOPE_CONFIG). The page Sources tells when each is asked next.',
      'To look around first: `npm run demo` shows invented providers with invented trouble.',
    ],
    sources: 'See what each source answered',
    doctor: '`npm run doctor` checks all of this and names the mend.',
  },
}
