import type { Event } from '../../shared/domain/events.ts'
import type { Catalogue } from '../live/catalogue.ts'
import type { Words } from '../words/en/page.ts'
import { announcer, spokenLine } from './announcer.ts'

/** What a screen reader is told of what happens: incidents that open or end, at a pace at which it can be heard. */
export function spokenState(now: () => number, words: () => Words) {
  let text = $state('')
  const announce = announcer({
    say: line => {
      text = line
    },
    now,
    later: (run, ms) => setTimeout(run, ms),
    words,
  })
  return {
    get text() {
      return text
    },
    hear(events: readonly Event[], catalogue: Catalogue) {
      for (const event of events)
        if (event.type === 'incident.opened' || event.type === 'incident.resolved')
          announce(spokenLine(event.data, catalogue, words()))
    },
  }
}
