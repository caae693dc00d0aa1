import { ensureProgram } from './programs.mjs'

/**
 * What sets the clock of a single process, for the fault runs. Its package brings the library that they look for, on Linux.
 * @returns {Promise<string | undefined>} its path; undefined when it is not there and could not be installed
 */
export const ensureFaketime = async () =>
  process.platform === 'linux'
    ? ensureProgram({ names: ['faketime'], apt: 'faketime', brew: 'libfaketime' })
    : undefined
