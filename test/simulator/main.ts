import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { parseEnvironment } from '../../shared/environment.ts'
import { onStop } from '../../shared/process.ts'
import type { AccountPost } from './account-posts.ts'
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
  /** The Nephoscope that is told what clouds tell its account, and the secret of these posts; unset: nobody is told. */
  SIMULATOR_TELLS: z.url().optional(),
  SIMULATOR_SECRET: z.string().optional(),
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
  const { SIMULATOR_TELLS, SIMULATOR_SECRET } = settings.value
  const onTold = (post: AccountPost): void => {
    if (SIMULATOR_TELLS !== undefined) void tellAccount(SIMULATOR_TELLS, SIMULATOR_SECRET ?? '', post)
  }
  const simulator = await startSimulator({ story: loadStory(SIMULATOR_STORY), port: SIMULATOR_PORT, onTold })
  if (SIMULATOR_SOURCES !== undefined) {
    const demo = { every: '2s', feedsEvery: '5s', hasTeams: true, messagesTo: await startConsole() }
    const account = SIMULATOR_SECRET === undefined ? {} : { accountSecret: 'SIMULATOR_SECRET' }
    writeFileSync(SIMULATOR_SOURCES, simulatedSources(simulator.url, { ...demo, ...account }))
  }
  const silent = { info: () => {}, error: (_: object, message: string) => console.error(`simulator: ${message}`) }
  onStop(silent)(() => simulator.close())
  simulator.play({ speed: SIMULATOR_SPEED, loop: true })
  console.log(JSON.stringify({ simulator: simulator.url }))
}

/** Posts as a cloud does to the source that waits for it. What cannot be posted is lost: the story goes on. */
async function tellAccount(server: string, secret: string, { on, body }: AccountPost): Promise<void> {
  const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
  const answer = await fetch(`${server}/hooks/in/our-${on}`, { method: 'POST', headers, body }).catch(() => undefined)
  await answer?.body?.cancel()
}

/** Takes messages as a webhook of Slack does, and shows their first line where the demo runs. @returns its address */
async function startConsole(): Promise<string> {
  const taking = createServer(async (request, response) => {
    const { text } = z
      .object({ text: z.string() })
      .catch({ text: '' })
      .parse(await json(request))
    console.error(`simulator: a message: ${text}`)
    response.end('ok')
  })
  taking.listen(0, '127.0.0.1').unref()
  await once(taking, 'listening')
  const address = taking.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`
}

/** The stories are beside this file, or in the project when it was bundled to dist/. */
function ownStory(): string {
  const places = ['./stories/demo.yaml', '../test/simulator/stories/demo.yaml']
  const file = places.map(place => new URL(place, import.meta.url)).find(existsSync)
  if (!file) throw new Error('the demo story is not in its place: name a story with SIMULATOR_STORY')
  return fileURLToPath(file)
}
