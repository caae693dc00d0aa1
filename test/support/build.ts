import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The tests run the roles as they are shipped, so what is built must be what is here. Unchanged parts are not built again. */
export default function setup(): void {
  execFileSync(process.execPath, [fileURLToPath(new URL('../../launch/bootstrap.mjs', import.meta.url)), 'build'], {
    stdio: 'inherit',
  })
}
