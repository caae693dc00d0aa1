import type { IncidentStatus } from '../../shared/domain/status.ts'

/**
 * How far an incident is, by the words of its title and text; null when they do not say. A title says it with the bare
 * word; in prose a sentence such as 'until this is resolved' or 'not yet mitigated' promises and does not count.
 */
export function lifecycleOf(title: string, prose: string): IncidentStatus | null {
  const claims = [title, ...prose.split(/[.!?\n]+/).filter(sentence => !promise.test(sentence))]
  if (claims.some(claim => /\bresolved\b/i.test(claim))) return 'resolved'
  if (claims.some(claim => /\bmitigated\b/i.test(claim))) return 'monitoring'
  if (/\bidentified\b/i.test(title) || /\bidentified\b/i.test(prose)) return 'identified'
  return null
}

/** The same where the format itself says that the incident is still open. */
export const openLifecycleOf = (title: string, prose: string): IncidentStatus => {
  const status = lifecycleOf(title, prose)
  return status === 'resolved' ? 'monitoring' : (status ?? 'investigating')
}

const promise =
  /\b(?:not|n['’]t|until|unless|once|when|if|yet|to be|being|be|will|partially|some|working|toward|towards)\b/i
