/** What a wall says of the screen that it is on. */
export const screen = {
  /** `by`: a length of time. */
  clockBehind: (by: string) => `This screen's clock is ${by} behind. Times are the server's.`,
  clockAhead: (by: string) => `This screen's clock is ${by} ahead. Times are the server's.`,
  /** The browser does not keep it from going dark. */
  mayBlank: 'The browser cannot keep this screen on. Turn off blanking in the system, or open the wall by https.',
}
