/** What is said before there is a picture. */
export const entrance = {
  waiting: 'Waiting for the first picture.',
  unreachable: (since: string, why: string) => `This server has not given a picture since ${since} (${why}).`,
  answeredWith: (status: number) => `it answered with ${status}`,
  nextTry: (seconds: number) => `Next try in ${seconds} s.`,
  trying: 'Trying now.',
  noReload: 'Nothing has to be reloaded.',
  locked: 'Reading this installation needs its view token.',
  token: 'View token',
  open: 'Open',
  refused: 'This token was not accepted. Ask whoever runs this installation.',
  kept: 'It is kept until this tab is closed.',
}
