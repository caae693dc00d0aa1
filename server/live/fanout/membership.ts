/**
 * Which members are in which rooms. A member is a slot, a small number; a room is a flat list of slots. Reading runs of
 * memory is several times as fast as following thousands of objects.
 */
export type Membership = {
  /** A slot for a new member. Free slots are reused first, so arrays by slot stay short. */
  enter(): number
  /** Leaves all rooms and gives the slot back. */
  exit(slot: number): void
  join(slot: number, room: string): void
  leave(slot: number, room: string): void
  of(slot: number): readonly string[]
  /** Visits every slot that is in at least one of the rooms once. Nothing may join or leave meanwhile. */
  each(rooms: Iterable<string>, visit: (slot: number) => void): void
}

type Places = { rooms: string[]; places: number[] }

export function membership(): Membership {
  const lists = new Map<string, SlotList>()
  const members: Places[] = []
  const free: number[] = []
  /** By slot: the number of the `each` that visited it last. */
  let visited = new Int32Array(0)
  let round = 0

  /** Removes a slot from the `index`th of its rooms. The last slot of the room takes the free place. */
  function remove({ rooms, places }: Places, index: number): void {
    const room = rooms[index] ?? ''
    const place = places[index] ?? 0
    const list = lists.get(room)
    if (list === undefined) return
    list.length -= 1
    const last = list.slots[list.length] ?? 0
    const its = members[last]
    list.slots[place] = last
    if (its !== undefined) its.places[its.rooms.indexOf(room)] = place
    if (list.length === 0) lists.delete(room)
    rooms.splice(index, 1)
    places.splice(index, 1)
  }

  return {
    enter() {
      const slot = free.pop() ?? members.length
      members[slot] = { rooms: [], places: [] }
      visited = grown(visited, slot + 1)
      return slot
    },
    exit(slot) {
      const its = members[slot]
      while (its !== undefined && its.rooms.length > 0) remove(its, its.rooms.length - 1)
      free.push(slot)
    },
    join(slot, room) {
      const its = members[slot]
      if (its === undefined || its.rooms.includes(room)) return
      const list = lists.get(room) ?? emptyList()
      lists.set(room, list)
      its.rooms.push(room)
      its.places.push(append(list, slot))
    },
    leave(slot, room) {
      const its = members[slot]
      const index = its?.rooms.indexOf(room) ?? -1
      if (its !== undefined && index !== -1) remove(its, index)
    },
    of: slot => members[slot]?.rooms ?? [],
    each(rooms, visit) {
      if (round === 0x7fffffff) {
        round = 0
        visited.fill(0)
      }
      round += 1
      for (const room of rooms) {
        const list = lists.get(room)
        if (list === undefined) continue
        const { slots, length } = list
        for (let place = 0; place < length; place++) {
          const slot = slots[place] ?? 0
          if (visited[slot] === round) continue
          visited[slot] = round
          visit(slot)
        }
      }
    },
  }
}

export type Numbers = Int32Array<ArrayBuffer>

type SlotList = {
  /** The list is the first `length` of these. */
  slots: Numbers
  length: number
}

const FIRST_CAPACITY = 4

export const emptyList = (): SlotList => ({ slots: new Int32Array(FIRST_CAPACITY), length: 0 })

export function append(list: SlotList, slot: number): number {
  if (list.length === list.slots.length) list.slots = grown(list.slots, list.length + 1)
  list.slots[list.length] = slot
  return list.length++
}

/** The array, or where it is too short one of at least twice the length, with the same numbers and then zeros. */
export function grown(numbers: Numbers, atLeast: number): Numbers {
  if (numbers.length >= atLeast) return numbers
  const more = new Int32Array(Math.max(atLeast, numbers.length * 2))
  more.set(numbers)
  return more
}
