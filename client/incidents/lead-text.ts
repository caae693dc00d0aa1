import type { Lead } from '../../shared/domain/joined-words.ts'
import { span, type When } from '../ui/time.ts'

/** 'Your account was told 14 min before the status page.', by our clock; then by theirs, where that differs. */
export function leadText({ ours, theirs }: Lead, { words }: When): string {
  const { joined: say } = words.incidentPage
  const told = (seconds: number): string => {
    if (Math.abs(seconds) < 30) return say.together
    const length = span(Math.abs(seconds) * 1000, words)
    return seconds > 0 ? say.before(length) : say.after(length)
  }
  const byOurs = ours === null ? null : told(ours)
  const byTheirs = theirs === null ? null : told(theirs)
  const sentences = [
    ...(byOurs === null ? [] : [byOurs]),
    ...(byTheirs === null || byTheirs === byOurs ? [] : [say.byTheirClocks(byTheirs)]),
  ]
  return sentences.length === 0 ? say.unknown : words.lists.sentences(sentences)
}
