import { z } from 'zod'
import { groupBy } from '../../shared/domain/order.ts'
import { type Ask, answerTo } from '../live/answer-to.ts'

/** `group` is empty where the status page has none. `part` is its text in a use: with the group where names repeat. */
export type KnownPart = { group: string; name: string; part: string }

const MAX_PARTS = 600
const Answer = z.object({
  components: z.array(z.object({ name: z.string().min(1).max(200), group: z.string().max(200).optional() })),
})

/** The parts that a vendor's status page lists, in the order of their groups; none where no source tells them. */
export async function askForParts(ask: Ask, vendor: string): Promise<KnownPart[]> {
  const answer = Answer.safeParse(await answerTo(ask, `/api/components?provider=${vendor}`))
  return answer.success ? partsOf(answer.data.components.slice(0, MAX_PARTS)) : []
}

export function partsOf(components: readonly { name: string; group?: string | undefined }[]): KnownPart[] {
  const named = groupBy(components, ({ name }) => name)
  const parts = components.map(({ name, group = '' }) => {
    const isShared = (named.get(name)?.length ?? 0) > 1 && group !== ''
    return { group, name, part: isShared ? `${group} / ${name}` : name }
  })
  const grouped = groupBy([...new Map(parts.map(one => [one.part, one])).values()], ({ group }) => group)
  return [...grouped.values()].flat()
}
