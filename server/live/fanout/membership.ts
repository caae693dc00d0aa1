/**
 * Who is in which rooms. Somebody is a slot, a small number; a room is a flat list of them. Going through a room of
 * thousands reads two runs of memory from end to end, which is several times as fast as following that many objects.
 */
export type Membership = {
  /** A slot for somebody new: the lowest that is free or thereabouts, so that what is kept by slot stays short. */
  enter(): number
  /** Leaves all rooms and gives the slot back. */
  exit(slot: number): void
  join(slot: number, room: string): void
  leave(slot: number, room: string): void
  /** Calls once for every slot that is in at least one of the rooms; nobody may join or leave meanwhile. */
  each(rooms: Iterable<string>, tell: (slot: number) => void): void
}

/** Where one is: its rooms, and its place in the list of each. */
type Seats = { rooms: string[]; places: number[] }

export function membership(): Membership {
  const lists = new Map<string, SlotList>()
  const seats: Seats[] = []
  const free: number[] = []
  /** By slot: the last `each` that came by. */
  let visited = new Int32Array(0)
  let visit = 0

  /** Takes the `index`th of its rooms from a slot: the last in the room moves to the place that becomes free. */
  function take({ rooms, places }: Seats, index: number): void {
    const room = rooms[index] ?? ''
    const place = places[index] ?? 0
    const list = lists.get(room)
    if (list === undefined) return
    list.length -= 1
    const last = list.slots[list.length] ?? 0
    const its = seats[last]
    list.slots[place] = last
    if (its !== undefined) its.places[its.rooms.indexOf(room)] = place
    if (list.length === 0) lists.delete(room)
    rooms.splice(index, 1)
    places.splice(index, 1)
  }

  return {
    enter() {
      const slot = free.pop() ?? seats.length
      seats[slot] = { rooms: [], places: [] }
      visited = grown(visited, slot + 1)
      return slot
    },
    exit(slot) {
      const its = seats[slot]
      while (its !== undefined && its.rooms.length > 0) take(its, its.rooms.length - 1)
      free.push(slot)
    },
    join(slot, room) {
      const its = seats[slot]
      if (its === undefined || its.rooms.includes(room)) return
      const list = lists.get(room) ?? emptyList()
      lists.set(room, list)
      its.rooms.push(room)
      its.places.push(append(list, slot))
    },
    leave(slot, room) {
      const its = seats[slot]
      const index = its?.rooms.indexOf(room) ?? -1
      if (its !== undefined && index !== -1) take(its, index)
    },
    each(rooms, tell) {
      if (visit === 0x7fffffff) {
        visit = 0
        visited.fill(0)
      }
      visit += 1
      for (const room of rooms) {
        const list = lists.get(room)
        if (list === undefined) continue
        const { slots, length } = list
        for (let place = 0; place < length; place++) {
          const slot = slots[place] ?? 0
          if (visited[slot] === visit) continue
          visited[slot] = visit
          tell(slot)
        }
      }
    },
  }
}

/** Numbers by slot. */
export type Numbers = Int32Array<ArrayBuffer>

/** A list of slot numbers in one piece of memory: walking it touches nothing else. */
type SlotList = {
  /** The list is the first `length` of these. */
  slots: Numbers
  length: number
}

const FIRST_CAPACITY = 4

export const emptyList = (): SlotList => ({ slots: new Int32Array(FIRST_CAPACITY), length: 0 })

/** Returns the place that the slot got. */
export function append(list: SlotList, slot: number): number {
  if (list.length === list.slots.length) list.slots = grown(list.slots, list.length + 1)
  list.slots[list.length] = slot
  return list.length++
}

/** The array, or one twice as long with the same numbers and zeros behind them, so that it holds at least so many. */
export function grown(numbers: Numbers, atLeast: number): Numbers {
  if (numbers.length >= atLeast) return numbers
  const more = new Int32Array(Math.max(atLeast, numbers.length * 2))
  more.set(numbers)
  return more
}
