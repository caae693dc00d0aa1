/**
 * An expected end of a command: one clear line for the person, and the exit code.
 * 1: something outside went wrong. 2: a setting or an argument is wrong.
 */
export class Failure extends Error {
  /**
   * @param {string} message what, where, what to do
   * @param {number} [exitCode]
   */
  constructor(message, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}
