import type { Rule } from '../../config/notify-config.ts'
import type { Conversation } from './conversation.ts'

/** Conversations in memory, found by what they are about, and which of them changed. They are replaced, never changed. */
export function openConversations(stored: ReadonlyMap<string, Conversation>) {
  const all = new Map(stored)
  const byMember = new Map<string, Set<string>>()
  const byRule = new Map<string, Set<string>>()
  const changed = new Map<string, Conversation | null>()
  for (const conversation of all.values()) index(conversation)

  function index({ id, rule, members }: Conversation): void {
    for (const member of members) add(byMember, member, id)
    add(byRule, rule, id)
  }

  const listed = (ids: ReadonlySet<string> = new Set()): Conversation[] => [...ids].flatMap(id => all.get(id) ?? [])

  return {
    all: all as ReadonlyMap<string, Conversation>,
    ofMember: (id: string) => listed(byMember.get(id)),
    ofRule: ({ id }: Pick<Rule, 'id'>) => listed(byRule.get(id)),
    /** Those that a rule has of a member. */
    of: (member: string, { id }: Pick<Rule, 'id'>) => listed(byMember.get(member)).filter(({ rule }) => rule === id),
    store(conversation: Conversation): void {
      const before = all.get(conversation.id)
      if (before === conversation) return
      all.set(conversation.id, conversation)
      if (before?.members !== conversation.members) index(conversation)
      changed.set(conversation.id, conversation)
    },
    forget({ id, rule, members }: Conversation): void {
      all.delete(id)
      for (const member of members) byMember.get(member)?.delete(id)
      byRule.get(rule)?.delete(id)
      changed.set(id, null)
    },
    /** What changed since the last call; null: it is forgotten. */
    takeChanges(): ReadonlyMap<string, Conversation | null> {
      const changes = new Map(changed)
      changed.clear()
      return changes
    },
  }
}

const add = (index: Map<string, Set<string>>, key: string, id: string): void => {
  index.set(key, (index.get(key) ?? new Set()).add(id))
}
