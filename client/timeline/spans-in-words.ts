import type { SeveritySpan } from '../../shared/domain/severity-spans.ts'
import { clockTime, type FirstWhen } from '../ui/time.ts'

const MAX_SPANS = 4

/** How an incident went: 'degraded performance from 14:02, major outage from 14:20, operational from 15:00.' */
export const spansInWords = (spans: readonly SeveritySpan[], when: FirstWhen): string =>
  when.words.hours.course(
    when.words.lists.sentence(
      spans.map(({ status, from }) => when.words.hours.from(when.words.states.label[status], clockTime(from, when))),
      MAX_SPANS,
    ),
  )
