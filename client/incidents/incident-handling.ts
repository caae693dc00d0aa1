import { z } from 'zod'
import type { OfficeEntry, Step } from '../../shared/domain/handling.ts'
import type { RecordId } from '../../shared/domain/primitives.ts'
import { readStored } from '../browser.ts'
import type { AdminAccess } from '../live/admin-access.svelte.ts'
import { clockTime, type When } from '../ui/time.ts'
import type { Words } from '../words/en/page.ts'

/** `locked`: it needs a token that this tab does not have, or another one. */
export type HandlingResult = { kind: 'done' } | { kind: 'locked' | 'failed'; text: string }

const Problem = z.object({ detail: z.string().optional(), error: z.string().optional() })

/** Adds a step to the handling of an incident. @param key that of a link in a message; null without one */
export async function handleIncident(
  id: RecordId,
  step: Step,
  { admin, key, words }: { admin: AdminAccess; key: string | null; words: Words },
): Promise<HandlingResult> {
  const answer = await admin.askAs(key, `/api/incidents/${id}/handling`, 'POST', step)
  const say = words.handling
  if (answer === null) return { kind: 'failed', text: say.unreachable }
  if (answer.ok) return { kind: 'done' }
  const said = Problem.safeParse(await answer.json().catch(() => null)).data
  const text = said?.detail ?? said?.error ?? words.sourcePage.answeredWith(answer.status)
  return answer.status === 401 ? { kind: 'locked', text: say.needsToken } : { kind: 'failed', text }
}

/**
 * What the address asks for: a link in a message ends with `#acknowledge=<key>`, one of our own pages with
 * `#acknowledge`. A fragment is sent to no server. Null where it asks for nothing.
 */
export function askedInAddress(hash: string): { key: string | null } | null {
  const [, key = null] = /^#acknowledge(?:=([\w-]{20,100}))?$/.exec(hash) ?? [null, undefined]
  return hash.startsWith('#acknowledge') ? { key } : null
}

const PERSON_KEY = 'nephoscope.person'

/** The name that was given on this device last; empty at first. */
export const readPerson = (storage: Pick<Storage, 'getItem'> | null): string =>
  readStored(storage, PERSON_KEY, z.string().max(80)) ?? ''

export function savePerson(storage: Pick<Storage, 'setItem'> | null, name: string): void {
  try {
    storage?.setItem(PERSON_KEY, JSON.stringify(name))
  } catch {
    // full storage: the name is asked for again
  }
}

/** For how long an acknowledgement can be given, in hours; 0 is until the incident is over. */
export const terms = [0, 1, 4, 12, 24] as const

/** What this office did, in one line: 'Acknowledged by Ana, 14:02, until 18:00: rebooting'. */
export function officeLine({ what, at, by, text, until }: OfficeEntry, when: When): string {
  const say = when.words.handling
  const head = {
    acknowledged: () => say.acknowledged(by ?? '', clockTime(at, when)),
    lifted: () => say.lifted(by),
    note: () => say.note(by ?? ''),
  }[what]()
  const term = until === null ? '' : ` ${say.until(clockTime(until, when))}`
  return text === '' ? head + term : `${head}${term}: ${text}`
}
