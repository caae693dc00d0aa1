import type { EvidenceId, EvidenceOrigin } from '../../shared/domain/evidence.ts'
import type { LedgerEntry } from '../../shared/domain/ledger.ts'
import type { RecordId } from '../../shared/domain/primitives.ts'
import { type EvidenceDraft, evidenceIdOf, packEvidence } from '../../shared/redis/evidence.ts'
import { type Secrets, withoutSecrets } from '../config/url-secrets.ts'
import type { Answer } from '../formats/answer.ts'
import { type Fragment, textOfFragment } from '../formats/fragments.ts'

/** An answer, and the address at which its source is configured: names stand in it for secrets. */
type Answered = { answer: Answer; url: string }

/** What answers say of incidents. Secrets are not struck out. */
export type Said = {
  fragments: ReadonlyMap<RecordId, Fragment>
  first: Answered
  /** The answer of the reader's second address, where it has one. */
  second?: Answered | undefined
}

export type Evidence = { id: EvidenceId; origin: EvidenceOrigin; fragment: string }

/** Finds the evidence of an incident, made at the first call: most incidents of a reading bring nothing new. */
export type FindEvidence = (incident: RecordId) => Evidence | undefined

export function evidenceIn(said: readonly Said[], secrets: Secrets | undefined): FindEvidence {
  const strike = <T>(value: T): T => withoutSecrets(value, secrets)
  const fragments = new Map(
    said.flatMap(({ fragments, first, second = first }) =>
      [...fragments].map(([id, fragment]) => {
        return [strike(id), { fragment, from: fragment.isSecond ? second : first }] as const
      }),
    ),
  )
  const found = new Map<RecordId, Evidence>()
  return incident => {
    const told = fragments.get(incident)
    if (told === undefined || found.has(incident)) return found.get(incident)
    const fragment = textOfFragment(told.fragment, strike)
    const evidence = { id: evidenceIdOf(fragment), origin: strike(originOf(told.from)), fragment }
    found.set(incident, evidence)
    return evidence
  }
}

const originOf = ({ answer, url }: Answered): EvidenceOrigin => {
  const { date = null, etag = null, lastModified = null } = answer
  return { url, date, etag, lastModified }
}

/** The evidence of new entries, as a commit stores it. */
export async function packNew(
  ledger: readonly { incident: RecordId; entry: LedgerEntry }[],
  find: FindEvidence,
  seenMs: number,
): Promise<EvidenceDraft[]> {
  const packing = new Map<EvidenceId, ReturnType<typeof packEvidence>>()
  const drafts: EvidenceDraft[] = []
  for (const { incident, entry } of ledger) {
    const evidence = entry.evidence === undefined ? undefined : find(incident)
    if (evidence === undefined) continue
    const { id, origin, fragment } = evidence
    const packed = packing.get(id) ?? packEvidence(origin, fragment)
    packing.set(id, packed)
    drafts.push({ incident, n: entry.n, seenMs, id, packed: await packed })
  }
  return drafts
}
