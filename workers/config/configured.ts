import { createHash } from 'node:crypto'
import type { Configured } from '../../shared/redis/configured.ts'
import type { Sources } from './sources-file.ts'

/** What is in force by the sources file, for the audit log: names, and of each a mark that says nothing of its secrets. Pure. */
export function configuredOf({ sources, stacks, walls, notify, simulated, roundTrips }: Sources): Configured {
  return {
    sources: marked(sources.map(source => [source.id, source])),
    stacks: marked(stacks.map(stack => [stack.id, stack])),
    targets: marked(notify.targets.map(({ kind, ...target }) => [target.id, [kind.kind, target]])),
    rules: marked(notify.rules.map(rule => [rule.id, rule])),
    walls: marked(Object.entries(walls)),
    settings: marked(Object.entries({ simulated, roundTrips })),
  }
}

const marked = (entries: readonly (readonly [name: string, value: unknown])[]): Record<string, string> =>
  Object.fromEntries(entries.map(([name, value]) => [name, markOf(JSON.stringify(value))]))

/** 32 bits of the SHA-256: enough to see a change, too few to try out a secret on. */
const markOf = (json: string): string => createHash('sha256').update(json).digest('hex').slice(0, 8)
