import { formatUse, parseUse, type Use } from '../../../shared/domain/stack.ts'
import { candidates, regions } from './world.ts'

export const use = (text: string): Use => {
  const parsed = parseUse(text, regions)
  if (!parsed.ok) throw new Error(`${text} ${parsed.error}`)
  return parsed.value
}
export const uses = (...texts: string[]): Use[] => texts.map(use)
export const textsOf = (all: readonly Use[]): string[] => all.map(formatUse)

export function candidate(key: string) {
  const found = candidates.find(one => one.key === key)
  if (found === undefined) throw new Error(`no candidate ${key}`)
  return found
}
