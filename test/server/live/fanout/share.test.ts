import fc from 'fast-check'
import { expect, test } from 'vitest'
import { textFrame, textOf } from '../../../../server/live/fanout/frames.ts'
import { membership } from '../../../../server/live/fanout/membership.ts'
import { bytesOf, framesOf, inParts, sharing } from '../../../../server/live/fanout/share.ts'

const someRooms = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 3 })
const who = fc.integer({ min: 0, max: 5 })
/** Six people who enter and exit, join and leave, and batches that are shared out between. */
const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constantFrom('enter', 'exit'), who }),
    fc.record({ do: fc.constantFrom('join', 'leave'), who, room: fc.constantFrom('a', 'b', 'c', 'd') }),
    fc.record({ do: fc.constant('tell'), batch: fc.array(someRooms, { maxLength: 4 }) }),
  ),
  { maxLength: 80 },
)

test('whatever people do, each gets every frame of one of its rooms once, in order, in one piece', () => {
  fc.assert(
    fc.property(steps, program => {
      const rooms = membership()
      const shareOut = sharing(rooms)
      const people = new Map<number, { slot: number; rooms: Set<string>; got: string; due: string }>()
      let told = 0
      for (const step of program) {
        const one = 'who' in step ? people.get(step.who) : undefined
        if ('batch' in step) {
          const batch = step.batch.map(its => ({ rooms: its, text: `<${told++}>` }))
          for (const person of people.values())
            for (const { rooms, text } of batch) if (rooms.some(room => person.rooms.has(room))) person.due += text
          shareOut(
            batch.map(({ rooms, text }) => ({ rooms, frame: Buffer.from(text) })),
            (slot, share) => {
              const person = [...people.values()].find(one => one.slot === slot)
              if (person === undefined) throw new Error(`nobody is in slot ${slot}`)
              expect(Buffer.concat(framesOf(share))).toEqual(bytesOf(share))
              expect(share.length).toBe(bytesOf(share).length)
              person.got += bytesOf(share)
            },
          )
          for (const { got, due } of people.values()) expect(got).toBe(due)
        } else if (step.do === 'enter' && one === undefined)
          people.set(step.who, { slot: rooms.enter(), rooms: new Set(), got: '', due: '' })
        else if (step.do === 'exit' && one !== undefined) {
          rooms.exit(one.slot)
          people.delete(step.who)
        } else if ('room' in step && one !== undefined) {
          if (step.do === 'join') rooms.join(one.slot, step.room)
          else rooms.leave(one.slot, step.room)
          if (step.do === 'join') one.rooms.add(step.room)
          else one.rooms.delete(step.room)
        }
      }
    }),
  )
})

test('those who get the same share one piece of memory', () => {
  const rooms = membership()
  const slots = [rooms.enter(), rooms.enter()]
  for (const slot of slots) for (const room of ['a', 'b']) rooms.join(slot, room)
  const pieces: Buffer[] = []
  const frame = Buffer.from('x')
  sharing(rooms)(
    [
      { rooms: ['a', 'b'], frame },
      { rooms: ['b'], frame },
    ],
    (_slot, share) => pieces.push(bytesOf(share)),
  )
  expect(pieces).toHaveLength(2)
  expect(pieces[0]).toBe(pieces[1])
})

test('a batch goes out in parts of at most 64 KB, and what is larger alone', () => {
  const batch = [30, 30, 30, 100, 10, 10].map(kb => ({ rooms: [], frame: Buffer.alloc(kb * 1024) }))
  expect(inParts(batch).map(part => part.map(({ frame }) => frame.length / 1024))).toEqual([
    [30, 30],
    [30],
    [100],
    [10, 10],
  ])
})

test('a text frame has its length in the shortest form that holds it, and gives its text back', () => {
  const heads = [
    [0, '8100'],
    [125, '817d'],
    [126, '817e007e'],
    [65_535, '817effff'],
    [65_536, '817f0000000000010000'],
  ] as const
  for (const [length, head] of heads) {
    const frame = textFrame('x'.repeat(length))
    expect(frame.subarray(0, frame.length - length).toString('hex')).toBe(head)
    expect(textOf(frame)).toBe('x'.repeat(length))
  }
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), text => textOf(textFrame(text)) === text))
})
