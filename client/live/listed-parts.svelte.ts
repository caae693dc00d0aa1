import { z } from 'zod'
import { groupBy } from '../../shared/domain/order.ts'
import { partName } from '../../shared/domain/part-names.ts'
import { sourceOf } from '../../shared/domain/primitives.ts'
import type { Source } from '../../shared/domain/source.ts'
import { Component } from '../../shared/domain/status.ts'
import { type Ask, answerTo } from './answer-to.ts'

const Answer = z.object({ components: z.array(z.unknown()) })

/** All parts of a provider, of which the page itself holds only those that are not well; null without an answer. */
export async function askForComponents(ask: Ask, provider: string): Promise<Component[] | null> {
  const answer = Answer.safeParse(await answerTo(ask, `/api/components?provider=${provider}`))
  return answer.success ? answer.data.components.flatMap(record => Component.safeParse(record).data ?? []) : null
}

/** The names of the parts of sources, for stacks that name some: asked for when they are first wanted. */
export function listedParts(ask: Ask) {
  let known = $state.raw<ReadonlyMap<string, readonly string[]>>(new Map())
  const asked = new Set<string>()

  async function load(provider: string): Promise<void> {
    const components = await askForComponents(ask, provider)
    const bySource = groupBy(components ?? [], ({ id }) => sourceOf(id))
    known = new Map([...known, ...[...bySource].map(([id, parts]) => [id, parts.map(partName)] as const)])
  }

  return {
    /** Null until they are known. */
    of({ id, provider }: Source): readonly string[] | null {
      if (!asked.has(provider)) {
        asked.add(provider)
        void load(provider)
      }
      return known.get(id) ?? null
    },
    /** Asks again when they are next wanted: after a snapshot a page may list others. */
    forget(): void {
      asked.clear()
    },
  }
}
