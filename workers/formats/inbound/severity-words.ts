import type { Impact } from '../../../shared/domain/status.ts'
import { lookUp } from '../status-words.ts'

/** What alerts call their severity → impact. A word that is none of these is minor. */
export const impactOfWord = (word: string): Impact => lookUp(impacts, word) ?? 'minor'

const words: Readonly<Record<Exclude<Impact, 'minor'>, string>> = {
  critical: 'critical,page,emergency,disaster,fatal,outage,down,p1,sev0,sev1',
  major: 'major,error,high,severe,p2,sev2',
  none: 'none,info,informational,information,debug,ok',
  maintenance: 'maintenance',
}

const impacts = new Map(
  Object.entries(words).flatMap(([impact, names]) => names.split(',').map(name => [name, impact as Impact] as const)), // its keys are impacts
)
