import { Failure } from './failure.mjs'
import { ensureProgram } from './programs.mjs'

/**
 * The nginx of the tests, installed where there is none.
 * @returns {Promise<string>} its path
 * @throws {Failure} when there is none and it cannot be installed here
 */
export async function requireNginx() {
  const found = await ensureProgram({
    // Debian keeps it where only root looks.
    names: ['nginx', '/usr/sbin/nginx'],
    apt: 'nginx',
    brew: 'nginx',
    service: 'nginx',
  })
  if (found) return found
  throw new Failure('The tests need an nginx on PATH: install the package nginx')
}
