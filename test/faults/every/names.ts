import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Dice } from './dice.ts'
import type { Part } from './fault.ts'

/** Takes the question and never answers. */
const SILENT = '127.0.0.77'
/** Nobody listens there. */
const NOBODY = '127.0.0.78'

/** The names that a process knows: `localhost`, or none at all. */
export type Names = {
  /** A command that runs another with these names: in a mount namespace, so this needs the rights of root. */
  inside: readonly string[]
  part: Part
  close(): void
}

export async function namesIn(dir: string): Promise<Names> {
  const hosts = path.join(dir, 'hosts')
  const resolver = path.join(dir, 'resolv.conf')
  const set = (known: boolean, server: string) => {
    writeFileSync(hosts, known ? '127.0.0.1 localhost\n' : '\n')
    writeFileSync(resolver, `nameserver ${server}\n`)
  }
  set(true, SILENT)
  const silent: Socket = createSocket('udp4')
  silent.bind(53, SILENT)
  await once(silent, 'listening')

  const without = (server: string) => async (dice: Dice) => {
    set(false, server)
    await sleep(dice.between(500, 5_000))
    set(true, server)
  }
  const mount = 'mount --bind "$1" /etc/hosts && mount --bind "$2" /etc/resolv.conf && shift 2 && exec "$@"'
  return {
    inside: ['unshare', '--mount', 'sh', '-c', mount, 'sh', hosts, resolver],
    part: {
      name: 'names',
      rest: { least: 4_000, most: 12_000 },
      faults: [
        { kind: 'the name server is silent', share: 2, inflict: without(SILENT) },
        { kind: 'there is no name server', share: 1, inflict: without(NOBODY) },
      ],
    },
    close: () => silent.close(),
  }
}
