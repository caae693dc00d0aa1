/** Where somebody is. Only `membership` changes it. */
export type Seat = {
  readonly rooms: string[]
  /** For each of `rooms` the place in that room's list. */
  readonly places: number[]
  /** The last `each` that came by. */
  visit: number
}

/** Who is in which rooms, in flat arrays: going through a room costs an array's walk, whoever else there is. */
export type Membership<M extends Seat> = {
  join(member: M, room: string): void
  leave(member: M, room: string): void
  leaveAll(member: M): void
  /** Calls once for everybody who is in at least one of the rooms; nobody may join or leave meanwhile. */
  each(rooms: Iterable<string>, tell: (member: M) => void): void
}

export const newSeat = (): Seat => ({ rooms: [], places: [], visit: 0 })

export function membership<M extends Seat>(): Membership<M> {
  const lists = new Map<string, M[]>()
  let visits = 0

  /** Takes the `index`th of a member's rooms from it: the last in the room moves to the place that becomes free. */
  function take(member: M, index: number): void {
    const room = member.rooms[index]
    const place = member.places[index]
    const list = room === undefined ? undefined : lists.get(room)
    if (room === undefined || place === undefined || list === undefined) return
    const last = list.pop()
    if (last !== undefined && last !== member) {
      list[place] = last
      last.places[last.rooms.indexOf(room)] = place
    }
    if (list.length === 0) lists.delete(room)
    member.rooms.splice(index, 1)
    member.places.splice(index, 1)
  }

  return {
    join(member, room) {
      if (member.rooms.includes(room)) return
      const list = lists.get(room)
      if (list === undefined) lists.set(room, [member])
      member.rooms.push(room)
      member.places.push(list === undefined ? 0 : list.push(member) - 1)
    },
    leave(member, room) {
      const index = member.rooms.indexOf(room)
      if (index !== -1) take(member, index)
    },
    leaveAll(member) {
      while (member.rooms.length > 0) take(member, member.rooms.length - 1)
    },
    each(rooms, tell) {
      const visit = ++visits
      for (const room of rooms) {
        for (const member of lists.get(room) ?? []) {
          if (member.visit === visit) continue
          member.visit = visit
          tell(member)
        }
      }
    },
  }
}
