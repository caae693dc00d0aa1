import { setTimeout as sleep } from 'node:timers/promises'
import { simulatedSources } from '../../test/simulator/sources.ts'
import { type Stack, startStack } from '../../test/support/stack.ts'
import { until } from '../../test/support/temporary-redis.ts'
import { SOURCE, type World, worldIn } from './world.ts'

/** A stack whose sources rest, beside one that the benchmark itself writes, with so much in it. */
export async function busyStack(incidents: number, articles: number): Promise<{ stack: Stack; world: World }> {
  const stack = await startStack({ story: 'road', every: '1h' })
  try {
    await stack.ready()
    await stack.workers.stop()
    const bench = `  - { id: ${SOURCE}, kind: statuspage, provider: azure, url: 'http://127.0.0.1:9/', every: 1h }`
    const sources = simulatedSources(stack.simulator.url, { every: '1h' })
    await stack.configure(sources.replace(/^sources:\n/m, `$&${bench}\n`))
    stack.workers.start()
    const told = async () => (await fetch(`${stack.url}/api/sources`)).json()
    await until(async () => (await told()).sources.some((one: { id: string }) => one.id === SOURCE), 'the source', 60)
    await sleep(5_000) // its one vain poll is over by then
    const world = worldIn(stack.redis.redis)
    await world.seed(incidents, articles)
    // what was written without an event is known to a server that starts
    await stack.server.stop()
    stack.server.start()
    await stack.ready()
    return { stack, world }
  } catch (error) {
    await stack.close()
    throw error
  }
}
