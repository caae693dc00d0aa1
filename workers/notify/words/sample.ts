import { toInstant } from '../../../shared/domain/primitives.ts'
import type { Message } from './message.ts'

/** A message that shows a person what messages look like. @param now ms */
export const sampleMessage = (now: number, publicUrl: string | null): Message => ({
  id: `test:${now.toString(36)}#1`,
  rule: 'test',
  conversation: `test:${now.toString(36)}`,
  n: 1,
  occasion: 'test',
  at: toInstant(now),
  status: 'degraded_performance',
  isOver: true,
  isMaintenance: false,
  incident: null,
  place: 'Nephoscope',
  title: 'This is a test: messages arrive',
  since: { theirs: null, ours: toInstant(now) },
  until: null,
  window: null,
  words: 'Nothing has happened. Somebody ran npm run notify -- test.',
  why: 'You see this because this target stands in the sources file.',
  also: [],
  alsoOmitted: 0,
  url: publicUrl,
  acknowledgeUrl: null,
  acknowledged: null,
  timeZone: 'UTC',
  isSimulated: false,
})
