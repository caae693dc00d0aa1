import { readFileSync } from 'node:fs'

/**
 * The outcome of a test run in one line that a script can read: `N passed, N failed`.
 * @param {string} report file that vitest's JSON reporter wrote; one that is missing counts as a failure
 * @see https://vitest.dev/guide/reporters.html#json-reporter
 */
export function verdict(report) {
  const { numPassedTests, numFailedTests, testResults } = read(report)
  // A file that could not even be loaded has failed without a test of its own.
  const unloaded = testResults.filter(file => file.status === 'failed' && file.assertionResults.length === 0)
  return `${numPassedTests} passed, ${numFailedTests + unloaded.length} failed`
}

/** @typedef {{ numPassedTests: number, numFailedTests: number, testResults: { status: string, assertionResults: unknown[] }[] }} Report */

/**
 * @param {string} file
 * @returns {Report}
 */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { numPassedTests: 0, numFailedTests: 1, testResults: [] }
  }
}
