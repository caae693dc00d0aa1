import type { Texts } from '../../shared/domain/compact-snapshot.ts'
import type { RecordId } from '../../shared/domain/primitives.ts'
import type { View } from '../../shared/domain/view.ts'

/** Gives the records of a picture the texts that it left out. What is in `whole` came later, with all of its texts, and stays. */
export function fillIn(view: View, { incidents, summaries }: Texts, whole: ReadonlySet<RecordId>): void {
  for (const { id, ...texts } of incidents) {
    const incident = view.incidents.get(id)
    if (incident && !whole.has(id)) view.incidents.set(id, { ...incident, ...texts })
  }
  for (const [id, summary] of summaries) {
    const article = view.articles.get(id)
    if (article && !whole.has(id)) view.articles.set(id, { ...article, summary })
  }
}
