/** Room for so many tasks at a time. */
export type Slots = {
  /** Waits for room, then begins the task; resolves when it has begun. The task must not reject. */
  begin(task: () => Promise<unknown>): Promise<void>
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
}

export function createSlots(limit: number): Slots {
  const underWay = new Set<Promise<unknown>>()
  return {
    async begin(task) {
      while (underWay.size >= limit) await Promise.race(underWay)
      const running: Promise<unknown> = task().finally(() => underWay.delete(running))
      underWay.add(running)
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}
