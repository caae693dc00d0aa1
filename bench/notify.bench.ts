import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { toInstant } from '../shared/domain/primitives.ts'
import { emptyView } from '../shared/domain/view.ts'
import { keys } from '../shared/redis/keys.ts'
import { incident } from '../test/support/builders.ts'
import { startRole } from '../test/support/role.ts'
import { tellIncident } from '../test/support/tell-incident.ts'
import { temporaryRedis, until } from '../test/support/temporary-redis.ts'
import { ruleOf } from '../test/workers/notify/rule.ts'
import { createDecider } from '../workers/notify/decide/decider.ts'
import { ruleBook } from '../workers/notify/decide/rules.ts'
import type { NotifyReceiver } from './processes/notify-receiver.ts'
import type { PlainQueue } from './processes/plain-queue.ts'
import { startChild } from './support/child.ts'
import { cpuSeconds, quantile, rounded, sharedNow, times, warnWhenBusy } from './support/measuring.ts'
import { incidentOf, noFacts, thousandStacks } from './support/thousand-stacks.ts'

/**
 * How long it takes from an event in the stream to the last of 100 targets, beside a plain BullMQ queue with one job a
 * message and no order; and what an event costs where a thousand rules ask for stacks.
 */

const TARGETS = 100
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 100)
const EVENTS = 20_000
const PATIENCE_MS = 20_000

warnWhenBusy()
const redis = await temporaryRedis()
const dir = await mkdtemp(path.join(tmpdir(), 'neph-notify-'))
const receiver = startChild<NotifyReceiver>('notify-receiver')
const peer = startChild<PlainQueue>('plain-queue')
try {
  const port = await receiver.ask('open')
  const urls = (whose: string) => times(TARGETS, n => `http://127.0.0.1:${port}/${whose}/${n}`)
  const ours = await measureOurs(urls('ours'))
  const plain = await measurePlain(urls('plain'))
  const usPerEvent = costOfRules()
  const figures = {
    p99Ms: rounded(ours.p99Ms, 0),
    medianMs: rounded(ours.medianMs, 0),
    lost: ours.lost,
    doubled: ours.doubled,
  }
  const peerFigures = { peerP99Ms: rounded(plain.p99Ms, 0), ratio: rounded(ours.p99Ms / plain.p99Ms, 2) }
  console.log(JSON.stringify({ bench: 'notify', targets: TARGETS, ...figures, ...peerFigures, usPerEvent }))
} finally {
  await Promise.all([receiver.stop(), peer.stop()])
  await redis.close()
  await rm(dir, { recursive: true, force: true })
}

async function measureOurs(urls: readonly string[]) {
  const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`
  const targets = urls.map((url, n) => ({
    id: `t${n}`,
    kind: 'webhook',
    private: true,
    url,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: that is how targets refer to the environment
    secret: '${SOURCE_HOOK_SECRET}',
  }))
  const rules = [{ id: 'all', channels: ['status'], to: targets.map(({ id }) => id) }]
  const config = path.join(dir, 'sources.yaml')
  await writeFile(config, JSON.stringify({ notify: { targets, rules } }))
  const environment = { REDIS_URL: redis.url, NEPHOSCOPE_CONFIG: config, SOURCE_HOOK_SECRET: secret, LOG_LEVEL: 'warn' }
  const workers = startRole('workers', environment)
  try {
    await until(async () => (await redis.redis.get(keys.notifyCursor)) !== null, 'the notifier to begin', 60)
    return await measure('ours', async n => {
      const at = toInstant(Date.now())
      await tellIncident(
        redis.redis,
        incident(`s${n}/1`, { provider: `p${n}`, regions: [], startedAt: at, updatedAt: at }),
        true,
      )
    })
  } finally {
    await workers.stop('SIGKILL')
  }
}

async function measurePlain(urls: string[]) {
  const stream = 'peer:stream'
  await peer.ask('start', { socket: redis.socket, stream, urls, concurrency: 192 })
  await sleep(500)
  return measure('plain', async n => {
    await redis.redis.xadd(stream, '*', 'event', JSON.stringify(incident(`s${n}/1`)))
  })
}

/** One event after the other, each when the one before has reached every target. */
async function measure(whose: string, tell: (n: number) => Promise<void>) {
  const durations: number[] = []
  let lost = 0
  let doubled = 0
  for (let round = 0; round < ROUNDS; round++) {
    const from = sharedNow()
    await tell(round)
    const seen = new Map<string, number>()
    for (let at = sharedNow(); seen.size < TARGETS && at - from < PATIENCE_MS; at = sharedNow()) {
      for (const [url, when] of await receiver.ask('taken')) {
        if (seen.has(url)) doubled++
        seen.set(url, when)
      }
      await sleep(5)
    }
    lost += TARGETS - seen.size
    durations.push(Math.max(...seen.values()) - from)
    if (round % 20 === 19)
      console.log(`  ${whose}: ${round + 1} events, median ${rounded(quantile(durations, 0.5), 0)} ms`)
  }
  return { p99Ms: quantile(durations, 0.99), medianMs: quantile(durations, 0.5), lost, doubled }
}

/** Processor time of deciding on an event, in µs. Each concerns ten of a thousand stacks. */
function costOfRules(): number {
  const rules = thousandStacks.map(({ id }) => ruleOf({ id, stack: id }))
  const view = emptyView()
  const book = ruleBook(rules, noFacts, () => 'us')
  const nothing = { conversations: new Map(), memories: new Map(), missed: null, homesOf: () => [] }
  const decider = createDecider({ view, book, facts: noFacts, ...nothing })
  let now = Date.now()
  decider.lookAtAll(now)
  const before = cpuSeconds()
  for (let n = 0; n < EVENTS; n++) {
    const event = incidentOf(n)
    if (event.type !== 'incident.updated') continue
    const told = {
      ...event.data,
      id: `aws-status/errors-${n % 100}`,
      impact: n % 200 < 100 ? ('minor' as const) : ('major' as const),
    }
    view.incidents.set(told.id, told)
    now += 1_000
    decider.look(told.id, false, now)
    decider.take()
  }
  return rounded(((cpuSeconds() - before) / EVENTS) * 1e6, 0)
}
