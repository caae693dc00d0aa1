import type { Event } from '../../shared/domain/events.ts'
import { isInStack } from '../../shared/domain/stack-channels.ts'
import type { Current } from './current.ts'
import type { Live } from './sockets.ts'

/** Applies events to the state and sends them. Where they change the stacks, whoever follows one starts anew. */
export function tell(
  events: readonly Event[],
  current: Current,
  followers: readonly Pick<Live, 'deliver' | 'reset'>[],
): void {
  const { stacks } = current
  const told = current.apply(events)
  for (const one of followers) one.deliver(told)
  if (current.stacks !== stacks) for (const one of followers) one.reset('rebuilt', isInStack)
}
