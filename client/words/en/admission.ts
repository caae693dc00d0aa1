/** What a screen shows that nobody has admitted yet. */
export const admission = {
  heading: 'This screen is not admitted yet',
  withdrawn: 'This screen is no longer admitted',
  how: (address: string) => `Whoever runs this installation opens ${address} and types this code there.`,
  /** Character by character, read aloud. */
  spoken: (code: string) => `Code ${[...code].join(' ')}`,
  asking: 'Asking for a code.',
  renewed: 'The code is replaced every ten minutes.',
  unreachable: 'The server does not answer; trying again.',
}
