import path from 'node:path'
import { Failure } from './failure.mjs'
import { roleProgram } from './roles.mjs'

/** How long the simulator may take to serve. */
const PATIENCE_MS = 30_000

/**
 * The simulated providers. Started again, they get the port that they had, which the workers know.
 * @param {{ env: NodeJS.ProcessEnv, dataDir: string, say: (line: string) => void }} options
 * @returns {{ program: import('./processes.mjs').Program, serving: Promise<NodeJS.ProcessEnv> }}
 *   serving: what the workers need to read them; rejects with a Failure when they do not come up
 */
export function simulator({ env, dataDir, say }) {
  const sources = path.join(dataDir, 'sources.yaml')
  let port = '0'
  /** @type {() => void} */
  let served = () => {}
  const program = roleProgram('simulator', {
    env: () => ({ ...env, SIMULATOR_PORT: port, SIMULATOR_SOURCES: sources }),
    dataDir,
    say,
    onLine(line) {
      const announced = /^\{"simulator":"http:\/\/[^"/]*:(\d+)/.exec(line)?.[1]
      if (announced === undefined) return
      port = announced
      served()
    },
  })
  /** @type {Promise<NodeJS.ProcessEnv>} */
  const serving = new Promise((resolve, reject) => {
    served = () => resolve({ NEPHOSCOPE_CONFIG: sources, ALLOW_PRIVATE_SOURCES: '1' })
    const log = path.join(dataDir, 'logs', 'simulator.log')
    setTimeout(() => reject(new Failure(`The simulator does not start: see ${log}`)), PATIENCE_MS).unref()
  })
  return { program, serving }
}
