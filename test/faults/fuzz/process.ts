import { appendFileSync, openSync, writeSync } from 'node:fs'
import path from 'node:path'
import { diceOf } from '../every/dice.ts'
import { mutated } from './mutate.ts'
import { subjects } from './subjects.ts'

/**
 * Reads the inputs of a seed, from the one of a number on, until the last or the end of the time. What it is at stands
 * in a file before it begins, as a process that hangs tells nothing.
 */
const [dir = '', ...numbers] = process.argv.slice(2)
const [seed = 0, first = 0, last = 0, endsAt = 0, mostFailures = 0] = numbers.map(Number)
let failures = 0
const progress = openSync(path.join(dir, 'progress'), 'w')

/** A parser's own failures are values; what is thrown is a mistake of ours. */
async function readNth(at: number): Promise<void> {
  const subject = subjects[at % subjects.length]
  if (subject === undefined) return
  const body = mutated(diceOf(seed * 1_000_003 + at), subject.corpus)
  try {
    await subject.read(body)
    if (Object.keys(Object.prototype).length > 0) throw new Error('the prototype of all objects is polluted')
  } catch (error) {
    const why = error instanceof Error ? (error.stack ?? error.message).slice(0, 1_500) : String(error)
    const input = JSON.stringify(body.toString('latin1').slice(0, 600))
    failures += 1
    for (const key of Object.keys(Object.prototype)) Reflect.deleteProperty(Object.prototype, key)
    const failure = `seed ${seed}, input ${at}, ${subject.name}: ${why}\non ${input}`
    appendFileSync(path.join(dir, 'failures'), `${JSON.stringify(failure)}\n`)
  }
}

// who started it is gone
process.on('disconnect', () => process.exit(1))
let at = first
for (; at < last && Date.now() < endsAt && failures < mostFailures; at++) {
  writeSync(progress, String(at).padStart(12), 0)
  await readNth(at)
  if (at % 50 === 0) await new Promise(resolve => setImmediate(resolve))
}
writeSync(progress, String(at).padStart(12), 0)
process.exit(0)
