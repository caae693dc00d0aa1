import { once } from 'node:events'
import { createServer } from 'node:http'
import Koa from 'koa'
import { type AccountPost, accountPost } from './account-posts.ts'
import { type Applied, applyStep, beginRound, inRound } from './apply.ts'
import { newWorld } from './new-world.ts'
import { createStoryPlayer, type StoryPlayer } from './player.ts'
import { routes, type Served } from './routes.ts'
import { parseStep, type Step, type StepInput } from './step.ts'
import type { Story } from './story.ts'
import type { World } from './world.ts'

export type SimulatorOptions = {
  story: Story
  /** Default: any free one. */
  port?: number
  host?: string
  /** The time in the world, ms since the epoch. */
  clock?: () => number
  /** Called when a source's response was handed to the network, with the revision of the world that it shows. */
  onServed?: (served: Served) => void
  /** Called with what a cloud posts to the account: whoever runs the simulator knows where to. */
  onTold?: (post: AccountPost) => void
  /** As in `World`. */
  isDemo?: boolean
}

export type Simulator = StoryPlayer & {
  /** Such as `http://127.0.0.1:4100`. */
  url: string
  world: Readonly<World>
  /** Every step so far, including those from before the story, oldest first. */
  applied: readonly Applied[]
  /** Applies a step that is not in the story. Throws one line when it is malformed or the world does not allow it. */
  apply(step: StepInput): Applied
  /** How often a source was requested. */
  requests(source: string): number
  close(): Promise<void>
}

/** Serves a simulated world on loopback in the wire formats of real sources. It waits for `step` or `play`. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { story, port = 0, host = '127.0.0.1', clock = Date.now, onServed = () => {}, onTold = () => {} } = options
  const world = newWorld('', options.isDemo)
  const applied: Applied[] = []
  const counts = new Map<string, number>()
  const requests = (source: string): number => counts.get(source) ?? 0

  const applyNow = (step: Step, round: number, at = clock()): Applied => {
    const result = applyStep(world, step, { at, round })
    applied.push(result)
    if (step.do === 'tell') onTold(accountPost(step, inRound(step.id, round), at))
    return result
  }
  const start = clock()
  for (const { ago, step } of story.before) applyNow(step, 0, start - ago)
  const player = createStoryPlayer(story, applyNow, round => beginRound(world, round))

  const app = new Koa()
  const onRequest = (source: string): unknown => counts.set(source, requests(source) + 1)
  app.use(routes({ world, clock, onRequest, onServed }).routes())
  const server = createServer(app.callback())
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the simulator needs a TCP port')
  world.origin = `http://${host}:${address.port}`

  return {
    ...player,
    url: world.origin,
    world,
    applied,
    requests,
    apply: input => applyNow(parseStep(input), 0),
    async close() {
      player.pause()
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
