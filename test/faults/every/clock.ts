import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** The clock of one process, which can be set at any time. What measures durations goes on as ever. */
export type Clock = {
  /** What must stand in the environment of the process. */
  environment: Record<string, string>
  /** Sets it so many seconds ahead, or behind. */
  set(seconds: number): void
}

/** @returns undefined where libfaketime is not installed. @see https://github.com/wolfcw/libfaketime */
export function clockIn(dir: string, name: string): Clock | undefined {
  const library = findLibrary()
  if (library === undefined) return undefined
  const file = path.join(dir, `${name}.clock`)
  const set = (seconds: number) => writeFileSync(file, `${seconds < 0 ? '-' : '+'}${Math.abs(Math.round(seconds))}\n`)
  set(0)
  return {
    environment: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      FAKETIME_DONT_RESET: '1',
    },
    set,
  }
}

/** Where Debian's package puts it, on any architecture. */
function findLibrary(): string | undefined {
  if (!existsSync('/usr/lib')) return undefined
  return readdirSync('/usr/lib')
    .map(name => `/usr/lib/${name}/faketime/libfaketime.so.1`)
    .find(existsSync)
}
