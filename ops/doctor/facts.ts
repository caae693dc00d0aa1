import type { Source } from '../../shared/domain/source.ts'

/** What was seen of this machine and its settings. */
export type HostFacts = {
  /** such as `20.19.0` */
  node: string
  /** Whether dist/ holds the sources as they are; null where that cannot be told, as in an image without them. */
  build: 'fresh' | 'stale' | null
  /** What each role says of its part of the environment; null where it is in order. */
  settings: { server: string | null; workers: string | null }
  /** Variables that begin like ours and are none, and the one that was perhaps meant. */
  strayVariables: readonly { name: string; meant: string | null }[]
  sources: { file: string; problems: readonly string[]; kinds: Readonly<Record<string, number>> }
  /** What answers where the server shall listen; null where the settings do not say where that is. */
  port: { at: string; found: PortFound } | null
  /** Of the file system under NEPHOSCOPE_DATA, in bytes; or why it could not be read. */
  disk: { dir: string; free: number; total: number } | { dir: string; error: string }
  /** Files and sockets that a process of this shell may have open; null where the system does not tell, or sets no limit. */
  openFiles: number | null
}

/** `ready`, `unready`: our server answers. `free`: nobody does, and it can be listened at. Else the system's code, such as EACCES. */
export type PortFound = 'ready' | 'unready' | 'another' | 'free' | { code: string }

/** What was seen of Redis. */
export type RedisFacts = {
  /** The answer of INFO, by field; null where it is not allowed to ask. */
  info: Readonly<Record<string, string>> | null
  /** Round trips, in ms. */
  roundTripsMs: readonly number[]
  /** How far its clock is ahead of ours, in ms. */
  clockAheadMs: number
  store: StoreFacts
}

/** What was seen of our store in it. */
export type StoreFacts = {
  /** What the schema's mark says; null: there is none. */
  schema: string | null
  /** Up to which version a migration has come that is not finished; null: there is none. */
  migrated: string | null
  /** Whether somebody migrates, restores or backs up now. */
  underMaintenance: boolean
  /** The hosts whose workers live. */
  workers: readonly string[]
  /** Whether somebody holds the lease of the roll-up. */
  rollUpHeld: boolean
  /** When a roll-up last ran, in ms; null: never. */
  rolledUpAt: number | null
  /** When the newest event happened, in ms by Redis' clock; null: there is none. */
  headAt: number | null
  sources: readonly Source[]
}

/** `redis` is one line where it could not be reached; `now` in ms. */
export type Facts = { now: number; host: HostFacts; redis: RedisFacts | { error: string } }
