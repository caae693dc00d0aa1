import type { Rule } from '../../../workers/config/notify-config.ts'

/** A rule as the sources file gives it where it says nothing else. */
export const ruleOf = (more: Partial<Rule> = {}): Rule => ({
  id: 'shop',
  stack: 'shop',
  channels: [],
  what: ['opened', 'worse', 'resolved'],
  from: 'degraded_performance',
  strength: 'likely',
  to: ['team'],
  quiet: null,
  repeatMs: null,
  digest: null,
  timeZone: 'UTC',
  ...more,
})
