import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '../../test/support/free-port.ts'
import { until } from '../../test/support/temporary-redis.ts'
import { type BroadcastServer, eventOf } from '../support/broadcast-server.ts'
import { answerCommands } from '../support/child.ts'
import { cpuSecondsOf, descendantsOf, residentBytesOf, sharedNow } from '../support/measuring.ts'
import { type OutsideName, outsidePrograms } from '../support/outside-programs.ts'

/** Runs a server that is no package of npm, on the core of this process, and publishes to it. Linux only. */
const name = process.argv[2] as OutsideName // of the benchmark, which takes it from the same table
const outside = outsidePrograms[name]
const dir = await mkdtemp(path.join(tmpdir(), `bench-${name}-`))
const place = { port: await freePort(), publishingPort: await freePort(), dir, file: path.join(dir, 'configuration') }
await writeFile(place.file, outside.configuration(place))
const { program, args } = outside.command(place)
const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
let said = ''
child.stderr.on('data', chunk => {
  said = (said + String(chunk)).slice(-5_000)
})
child.once('exit', () => {
  console.error(`${name} ended: ${said}`)
  process.exit(1)
})
process.once('SIGTERM', end)
process.once('disconnect', end)
await until(
  () =>
    fetch(`http://127.0.0.1:${place.port}/`).then(
      () => true,
      () => false,
    ),
  `${name} to listen`,
  20,
)

/** The program may have started others: the figures are of all of them, and not of this process. */
const sum = (of: (pid: number) => number): number =>
  descendantsOf(child.pid ?? 0).reduce((total, pid) => total + of(pid), 0)

const commands: BroadcastServer = {
  port: () => place.port,
  async broadcast({ sequence }) {
    const text = JSON.stringify(eventOf(sequence))
    const startedAt = sharedNow()
    await outside.publish(text, place)
    return startedAt
  },
  cpuSeconds: () => sum(cpuSecondsOf),
  rssBytes: () => sum(residentBytesOf),
}
answerCommands(commands)

function end(): void {
  child.removeAllListeners('exit')
  child.once('exit', () => rm(dir, { recursive: true, force: true }).finally(() => process.exit()))
  child.kill()
}
