import type { Source } from './source.ts'

/** How a source does, of all that may be said the one thing that matters most. */
export const sourceStates = ['ok', 'failing', 'waiting', 'unread', 'disabled'] as const
export type SourceState = (typeof sourceStates)[number]

/** `disabled`: its address is gone. `waiting`: its host asks to be left alone. `unread`: it was not asked yet. */
export function sourceState(source: Pick<Source, 'gone' | 'failures' | 'heldUntil' | 'lastPollAt'>): SourceState {
  if (source.gone) return 'disabled'
  if (source.failures > 0) return 'failing'
  if (source.heldUntil !== null) return 'waiting'
  return source.lastPollAt === null ? 'unread' : 'ok'
}
