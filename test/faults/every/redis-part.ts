import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { readdir, stat, truncate } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TemporaryRedis } from '../../support/temporary-redis.ts'
import { until } from '../../support/temporary-redis.ts'
import type { Dice } from './dice.ts'
import type { Fault, Part } from './fault.ts'

export type RedisPart = Part & {
  /** How often Redis came back without the last second. */
  losses(): number
  close(): void
}

/** @param smallDisk whether Redis' folder is a file system of its own that may be filled up */
export function redisPart(store: TemporaryRedis, smallDisk: boolean): RedisPart {
  const { redis } = store
  const file = watchFile(path.join(store.dir, 'appendonlydir'))
  let losses = 0

  const away = (dice: Dice) => sleep(dice.between(0, 2_000))
  const setting = (name: string, value: string) => redis.config('SET', name, value)

  async function hang(ms: number): Promise<void> {
    const { pid } = store
    if (pid === undefined) return
    process.kill(pid, 'SIGSTOP')
    await sleep(ms)
    process.kill(pid, 'SIGCONT')
  }

  const faults: [Fault, ...Fault[]] = [
    {
      kind: 'killed',
      share: 15,
      async inflict(dice) {
        await store.stop()
        await away(dice)
        await store.start()
      },
    },
    {
      kind: 'crashed without the last second',
      share: 8,
      async inflict(dice) {
        await setting('appendfsync', 'everysec')
        await until(file.grows, 'something that can be lost', 60)
        await store.stop()
        if (await file.cut(dice.between(300, 1_000))) losses += 1
        await away(dice)
        await store.start()
      },
    },
    { kind: 'hangs', share: 12, inflict: dice => hang(dice.between(200, 3_000)) },
    { kind: 'hangs for long', share: 1, inflict: () => hang(17_000) },
    {
      kind: 'full',
      share: 12,
      async inflict(dice) {
        await setting('maxmemory', '1')
        await sleep(dice.between(500, 4_000))
        await setting('maxmemory', '0')
      },
    },
    {
      kind: 'drops everybody',
      share: 15,
      inflict: async () => void (await redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')),
    },
    { kind: 'forgets scripts', share: 12, inflict: async () => void (await redis.script('FLUSH')) },
    ...(smallDisk ? diskFaults(store, setting) : []),
  ]
  return { name: 'Redis', rest: { least: 3_000, most: 8_000 }, faults, losses: () => losses, close: file.close }
}

/** With `everysec` Redis refuses to write until there is room; with `always` it ends, and somebody must make room. */
function diskFaults(store: TemporaryRedis, setting: (name: string, value: string) => Promise<unknown>): Fault[] {
  const ballast = path.join(store.dir, 'ballast')
  return [
    {
      kind: 'disk is full',
      share: 8,
      async inflict(dice) {
        await setting('appendfsync', 'everysec')
        fill(ballast)
        await sleep(dice.between(1_000, 4_000))
        rmSync(ballast)
        await until(
          async () => /aof_last_write_status:ok/.test(await store.redis.info('persistence')),
          'room to write',
          60,
        )
        await setting('appendfsync', 'always')
      },
    },
    {
      kind: 'disk is full, and it ends',
      share: 6,
      async inflict(dice) {
        fill(ballast)
        await until(() => store.hasEnded(), 'Redis to end for want of room', 60)
        await sleep(dice.between(0, 1_000))
        rmSync(ballast)
        await store.start()
      },
    },
  ]
}

function fill(name: string): void {
  const piece = Buffer.alloc(1024 * 1024)
  const file = openSync(name, 'w')
  try {
    for (let size = piece.length; size > 0; ) {
      try {
        writeSync(file, piece, 0, size)
      } catch {
        size = Math.floor(size / 2)
      }
    }
  } finally {
    closeSync(file)
  }
}

/** Knows how large the append-only file was a moment ago, and takes away what was written since. */
function watchFile(dir: string) {
  let sizes: { at: number; name: string; size: number }[] = []
  const newest = async () => {
    const names = (await readdir(dir)).filter(name => name.endsWith('.incr.aof'))
    const [name] = names.sort((a, b) => numberIn(b) - numberIn(a))
    return name === undefined ? undefined : { name, size: (await stat(path.join(dir, name))).size }
  }
  const look = async () => {
    const found = await newest().catch(() => undefined)
    if (found) sizes.push({ at: performance.now(), ...found })
    sizes = sizes.slice(-60)
  }
  const looking = setInterval(() => void look(), 50)
  return {
    /** Whether something was written just now. */
    grows(): boolean {
      const [before, ...later] = sizes.slice(-4)
      return later.some(({ name, size }) => name === before?.name && size > before.size)
    },
    /** Whether anything was lost. */
    async cut(ms: number): Promise<boolean> {
      const now = await newest()
      const then = sizes.findLast(({ at }) => at <= performance.now() - ms)
      if (now === undefined || then === undefined || then.name !== now.name || then.size >= now.size) return false
      await truncate(path.join(dir, now.name), then.size)
      sizes = []
      return true
    },
    close: () => clearInterval(looking),
  }
}

const numberIn = (name: string): number => Number(/\.(\d+)\.incr\.aof$/.exec(name)?.[1] ?? 0)
