import { z } from 'zod'
import { recentReloads } from './reload-limit.ts'

const KEY = 'nephoscope.wall.reloads'
const Reloads = z.array(z.number().int().nonnegative()).max(100)

/** The reloads that this tab remembers, in ms since the epoch. They outlive the reload, and end with the tab. */
export type ReloadMemory = { past(): number[]; add(at: number): void }

/** What does not pass (somebody else wrote it) counts as none. `storage` may be forbidden: then each page starts anew. */
export function reloadMemory(storage: Storage | null): ReloadMemory {
  const past = () => {
    try {
      return Reloads.parse(JSON.parse(storage?.getItem(KEY) ?? '[]'))
    } catch {
      return []
    }
  }
  return {
    past,
    add: at => storage?.setItem(KEY, JSON.stringify([...recentReloads(past(), at), at])),
  }
}
