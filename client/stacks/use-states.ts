import { descending } from '../../shared/domain/order.ts'
import type { Page } from '../../shared/domain/pages.ts'
import { formatUse, type SimpleUse } from '../../shared/domain/stack.ts'
import { providerOfUse, type StackView, stackStatus } from '../../shared/domain/stack-status.ts'
import { type Status, severity } from '../../shared/domain/status.ts'
import type { Catalogue } from '../live/catalogue.ts'
import type { Words } from '../words/en/page.ts'
import { namingOf, useName } from './reason-text.ts'
import type { Standpoint } from './standpoint.ts'

/** What a stack uses beside whole regions, how it is, and the page that tells more. The worst comes first. */
export type UseState = { key: string; name: string; status: Status; page: Page }

export function useStates(
  standpoint: Standpoint,
  view: StackView & { catalogue: Catalogue },
  { words, now }: { words: Words; now: number },
): UseState[] {
  const naming = namingOf(view.catalogue, standpoint)
  return standpoint.uses
    .filter(({ kind }) => kind !== 'region')
    .map(use => {
      const key = formatUse(use)
      const { status } = stackStatus({ id: 'use', name: '', uses: [use] }, view, standpoint.facts, now)
      return { key, name: useName(use, naming, words), status, page: pageOf(use) }
    })
    .sort(descending(({ status }) => urgency(status)))
}

/** Unknown ranks above operational. */
const urgency = (status: Status): number => (status === 'unknown' ? 0.5 : severity[status])

function pageOf(use: SimpleUse): Page {
  const provider = providerOfUse(use)
  return provider === null ? { name: 'sources' } : { name: 'provider', provider }
}
