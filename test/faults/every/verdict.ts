import { readdir, readFile } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import { expect } from 'vitest'
import { rollUp } from '../../../shared/domain/region-status.ts'
import { loadView } from '../../../shared/redis/load-view.ts'
import { loadCatalogue } from '../../../shared/regions/catalogue.ts'
import { tellingsBySource } from '../../support/oracle.ts'
import { until } from '../../support/temporary-redis.ts'
import type { Field } from './field.ts'
import { subjects } from './story.ts'
import type { Told } from './told.ts'
import { faultIn, isCurrent } from './witness.ts'

/** How long all may take to be right again after the last fault, in s: the longest silence that is put up with, and what follows from it. */
const PATIENCE_S = 60
/** The memory that a role may have, and the files that it may hold open. */
const MOST_MB = 400
const MOST_FILES = 400

/** Throws where anything is not as it must be, after the last fault. */
export async function judge(field: Field, told: Told): Promise<void> {
  for (const url of field.servers)
    await until(() => isReady(url), `${url} to be ready`, PATIENCE_S).catch(error => {
      throw new Error(
        `${error.message}\n${[...field.roles].map(([name, { role }]) => `${name}: ${role.output().slice(-1_500)}`).join('\n')}`,
      )
    })
  await until(() => rolledUp(field), 'every region to be what its records say', PATIENCE_S)

  // Nobody writes any more, so that all can be compared.
  for (const [name, kept] of field.roles) if (name.startsWith('workers')) await kept.stop()
  await told.stop()
  const stream = told.events()
  const names = subjects.map(({ source }) => source)
  const expected = new Map([...field.oracle.expected()].filter(([source]) => names.includes(source)))
  expect(tellingsBySource(stream, names)).toEqual(expected)

  for (const witness of field.witnesses) {
    await until(() => isCurrent(witness, stream), `'${witness.name}' to be current`, PATIENCE_S).catch(error => {
      throw new Error(`${error.message}: ${faultIn(witness, stream)}`)
    })
    expect(faultIn(witness, stream)).toBeNull()
    // One by whoever has lost their place, and one by the server that has lost its own.
    expect(witness.runs().length - 1, `resets of '${witness.name}'`).toBeLessThanOrEqual(2 * field.losses())
  }
  const view = await loadView(field.store.redis, refuse)
  for (const url of field.servers) {
    const answer: { head: string; incidents: { id: string; updatedAt: string }[] } = await (
      await fetch(`${url}/api/snapshot`)
    ).json()
    expect(answer.head).toBe(view.head)
    for (const incident of answer.incidents) expect(incident).toEqual(view.incidents.get(incident.id))
  }
}

const isReady = async (url: string): Promise<boolean> =>
  (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined))?.status === 200

async function rolledUp({ store }: Field): Promise<boolean> {
  const catalogue = await loadCatalogue(new URL('../../../shared/regions/', import.meta.url))
  const view = await loadView(store.redis, refuse)
  const statuses = rollUp({
    regions: catalogue.regions.values(),
    incidents: view.incidents.values(),
    components: view.components.values(),
    sources: view.sources.values(),
    previous: view.statuses,
    now: Date.now(),
  })
  return statuses.length > 0 && statuses.every(status => isDeepStrictEqual(status, view.statuses.get(status.region)))
}

const refuse = (what: string, id: string, why: string): never => {
  throw new Error(`${what} ${id}: ${why}`)
}

/** An end that nobody had ordered must have a reason in one line that was foreseen: no stack, no silence. */
export function unclearEnds({ roles }: Field): string[] {
  return [...roles].flatMap(([name, { ends }]) =>
    ends.filter(end => !isClear(end)).map(end => `${name} ended with ${end}`),
  )
}

const isClear = (end: string): boolean => /"level":50,.*"msg":"ended: /.test(end) && !end.includes('"stack"')

export type Size = { mb: number; files: number }

/** The most that any role had so far. */
export function watchSizes({ roles }: Field): { most(): Size; stop(): void } {
  const most = { mb: 0, files: 0 }
  const look = async () => {
    for (const { role } of roles.values()) {
      const status = await readFile(`/proc/${role.pid}/status`, 'utf8').catch(() => '')
      most.mb = Math.max(most.mb, Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024)
      most.files = Math.max(most.files, (await readdir(`/proc/${role.pid}/fd`).catch(() => [])).length)
    }
  }
  const looking = setInterval(() => void look(), 2_000)
  return { most: () => most, stop: () => clearInterval(looking) }
}

export function expectBounded(size: Size): void {
  expect(size.mb).toBeLessThan(MOST_MB)
  expect(size.files).toBeLessThan(MOST_FILES)
}
