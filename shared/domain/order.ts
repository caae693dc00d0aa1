export type Order<T> = (a: T, b: T) => number

/** A property by its name, or what a function makes of an item. */
type Key<T> = { [K in keyof T]: T[K] extends string | number ? K : never }[keyof T] | ((item: T) => string | number)

/** Smallest first, by numbers or by the code units of texts. Instants: the oldest first. */
export const ascending =
  <T>(key: Key<T>): Order<T> =>
  (a, b) =>
    compare(keyOf(a, key), keyOf(b, key))

/** Largest first. Instants: the newest first. */
export const descending =
  <T>(key: Key<T>): Order<T> =>
  (a, b) =>
    compare(keyOf(b, key), keyOf(a, key))

/** The first of the orders that tells two items apart decides. */
export const firstOf =
  <T>(...orders: Order<T>[]): Order<T> =>
  (a, b) => {
    for (const order of orders) {
      const result = order(a, b)
      if (result !== 0) return result
    }
    return 0
  }

/** The items beyond the first `limit` of an order. A single one, as after most events, is found without sorting. */
export function itemsBeyond<T>(limit: number, items: readonly T[], order: Order<T>): T[] {
  if (items.length <= limit) return []
  if (items.length > limit + 1) return [...items].sort(order).slice(limit)
  return [items.reduce((last, item) => (order(item, last) > 0 ? item : last))]
}

/** Groups items by their keys, in the order in which these occur. An item with several keys is in several groups. */
export function groupBy<T>(items: Iterable<T>, keysOf: (item: T) => string | readonly string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const keys = keysOf(item)
    for (const key of typeof keys === 'string' ? [keys] : new Set(keys)) {
      const group = groups.get(key)
      if (group) group.push(item)
      else groups.set(key, [item])
    }
  }
  return groups
}

const keyOf = <T>(item: T, key: Key<T>) => (typeof key === 'function' ? key(item) : item[key])

const compare = <V>(a: V, b: V): number => (a < b ? -1 : a > b ? 1 : 0)
