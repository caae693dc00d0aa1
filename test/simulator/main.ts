import { existsSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { parseEnvironment } from '../../shared/environment.ts'
import { onStop } from '../../shared/stop.ts'
import { loadStory } from './load-story.ts'
import { startSimulator } from './server.ts'
import { simulatedSources } from './sources.ts'

/** The simulator as a process of its own: tells a story for ever, and says in one line of JSON where. */
const Settings = z.object({
  SIMULATOR_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  SIMULATOR_STORY: z.string().default(ownStory),
  /** Where the sources file is written; unset: nowhere. */
  SIMULATOR_SOURCES: z.string().optional(),
  SIMULATOR_SPEED: z.coerce.number().positive().max(1000).default(1),
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
  const { SIMULATOR_PORT: port, SIMULATOR_SPEED: speed, SIMULATOR_SOURCES: sources } = settings.value
  const simulator = await startSimulator({ story: loadStory(settings.value.SIMULATOR_STORY), port })
  if (sources !== undefined) writeFileSync(sources, simulatedSources(simulator.url, { every: '2s', feedsEvery: '5s' }))
  const silent = { info: () => {}, error: (_: object, message: string) => console.error(`simulator: ${message}`) }
  onStop(silent, () => simulator.close())
  simulator.play({ speed, loop: true })
  console.log(JSON.stringify({ simulator: simulator.url }))
}

/** The stories stand beside this file, or in the project when it was bundled to dist/. */
function ownStory(): string {
  const places = ['./stories/demo.yaml', '../test/simulator/stories/demo.yaml']
  const file = places.map(place => new URL(place, import.meta.url)).find(existsSync)
  if (!file) throw new Error('the demo story is not in its place: name a story with SIMULATOR_STORY')
  return fileURLToPath(file)
}
