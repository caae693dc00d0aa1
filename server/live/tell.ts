import type { Event } from '../../shared/domain/events.ts'
import { isInStack } from '../../shared/domain/stack-channels.ts'
import { type Trace, untraced } from '../../shared/trace.ts'
import type { Current } from './current.ts'
import type { Live } from './sockets.ts'

/** Applies events to the state and sends them. Where they change the settings, whoever follows a stack starts anew. */
export function tell(
  events: readonly Event[],
  current: Current,
  followers: readonly Pick<Live, 'deliver' | 'reset'>[],
  trace: Trace = untraced,
): void {
  const told = current.apply(events)
  trace('fan-out', {}, () => {
    for (const one of followers) one.deliver(told)
  })
  if (told.some(({ type }) => type === 'office.changed')) for (const one of followers) one.reset('rebuilt', isInStack)
}
