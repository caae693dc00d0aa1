import { existsSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { parseEnvironment } from '../../shared/environment.ts'
import { onStop } from '../../shared/process.ts'
import { startSimulator } from './server.ts'
import { simulatedSources } from './sources.ts'
import { loadStory } from './story.ts'

const port = 'must be a port, or 0 for any free one'
const speed = 'must be a number above 0 and up to 1000'

/** The simulator as a process: plays a story for ever, and prints its address in one line of JSON. */
const Settings = z.object({
  SIMULATOR_PORT: z.coerce.number(port).int(port).min(0, port).max(65_535, port).default(0),
  SIMULATOR_STORY: z.string().default(ownStory),
  /** Where the sources file is written; unset: nowhere. */
  SIMULATOR_SOURCES: z.string().optional(),
  SIMULATOR_SPEED: z.coerce.number(speed).positive(speed).max(1000, speed).default(1),
})

try {
  await main()
} catch (error) {
  console.error(`simulator: ${error instanceof Error ? error.message : error}`)
  process.exit(2)
}

async function main(): Promise<void> {
  const settings = parseEnvironment(Settings, process.env)
  if (!settings.ok) throw new Error(settings.error)
  const { SIMULATOR_PORT, SIMULATOR_STORY, SIMULATOR_SOURCES, SIMULATOR_SPEED } = settings.value
  const simulator = await startSimulator({ story: loadStory(SIMULATOR_STORY), port: SIMULATOR_PORT })
  if (SIMULATOR_SOURCES !== undefined) {
    writeFileSync(SIMULATOR_SOURCES, simulatedSources(simulator.url, { every: '2s', feedsEvery: '5s', hasTeams: true }))
  }
  const silent = { info: () => {}, error: (_: object, message: string) => console.error(`simulator: ${message}`) }
  onStop(silent)(() => simulator.close())
  simulator.play({ speed: SIMULATOR_SPEED, loop: true })
  console.log(JSON.stringify({ simulator: simulator.url }))
}

/** The stories are beside this file, or in the project when it was bundled to dist/. */
function ownStory(): string {
  const places = ['./stories/demo.yaml', '../test/simulator/stories/demo.yaml']
  const file = places.map(place => new URL(place, import.meta.url)).find(existsSync)
  if (!file) throw new Error('the demo story is not in its place: name a story with SIMULATOR_STORY')
  return fileURLToPath(file)
}
