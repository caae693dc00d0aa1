import { formatUse, type Use } from '../../shared/domain/stack.ts'
import { hasSameUses } from '../stacks/stack-addresses.ts'
import type { Candidate } from './candidates.ts'
import { addUses, keyOfUse, useOf } from './chosen-uses.ts'

export type StackDraft = ReturnType<typeof stackDraft>

/** A stack without its id. */
type Draft = { name: string; uses: readonly Use[] }

/** A stack while it is put together. Nothing is stored until the reader saves it. */
export function stackDraft(start: Draft) {
  let saved = $state.raw<Draft>(start)
  let name = $state(start.name)
  let uses = $state.raw(start.uses)
  const keys = $derived(new Set(uses.map(keyOfUse)))

  return {
    get name() {
      return name
    },
    set name(next: string) {
      name = next.slice(0, 80)
    },
    get uses() {
      return uses
    },
    /** Whether it has something that is not saved. */
    get isChanged() {
      return name.trim() !== saved.name || !hasSameUses(uses, saved.uses)
    },
    has: (key: string): boolean => keys.has(key),
    /** Ticks a candidate, or takes everything of it away. */
    toggle(candidate: Candidate) {
      if (keys.has(candidate.key)) uses = uses.filter(use => keyOfUse(use) !== candidate.key)
      else uses = addUses(uses, [useOf(candidate, uses)]).uses
    },
    /** @returns how many found no room */
    add(more: readonly Use[]): number {
      const next = addUses(uses, more)
      uses = next.uses
      return next.over
    },
    /** Replaces a use by another form of it; what is the same afterwards stands once. */
    replace(before: Use, after: Use) {
      const text = formatUse(after)
      const isThere = uses.some(use => use !== before && formatUse(use) === text)
      uses = uses.flatMap(use => (use === before ? (isThere ? [] : [after]) : [use]))
    },
    remove(gone: Use) {
      uses = uses.filter(use => use !== gone)
    },
    /** Takes another stack's place, such as that of a link or of the settings. */
    set(stack: Draft) {
      name = stack.name
      uses = stack.uses
    },
    /** The stack that is kept has become another, as one that another tab saves: unsaved work stays. */
    follow(kept: Draft) {
      if (kept.name === saved.name && hasSameUses(kept.uses, saved.uses)) return
      const wasChanged = name.trim() !== saved.name || !hasSameUses(uses, saved.uses)
      saved = kept
      if (wasChanged) return
      name = kept.name
      uses = kept.uses
    },
    isSaved() {
      saved = { name: name.trim(), uses }
    },
  }
}
