import { z } from 'zod'
import { EventId } from '../../shared/domain/events.ts'
import { Instant } from '../../shared/domain/primitives.ts'
import { fateOf } from '../../shared/redis/kept-keys.ts'

/** Raise it with every change that older code would misread. */
export const FORMAT_VERSION = 1

/** The first line of a backup. */
export const Header = z.object({
  format: z.literal('nephoscope-backup'),
  version: z.number().int().positive(),
  /** of the store */
  schema: z.number().int().positive(),
  takenAt: Instant,
})
export type Header = z.infer<typeof Header>

const Pair = z.tuple([z.string(), z.string()])

/**
 * A part of what a key holds; a large one comes in several lines, in order. Told by type, as plain texts, and not as `DUMP` tells it:
 * that changes between versions of Redis, and Valkey has its own.
 */
export const Part = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('string'), key: z.string(), value: z.string() }),
    /** field, value */
    z.object({ kind: z.literal('hash'), key: z.string(), items: z.array(Pair).min(1) }),
    /** member, score */
    z.object({ kind: z.literal('zset'), key: z.string(), items: z.array(Pair).min(1) }),
    z.object({ kind: z.literal('list'), key: z.string(), items: z.array(z.string()).min(1) }),
    /** id, then fields and values in turn */
    z.object({
      kind: z.literal('stream'),
      key: z.string(),
      items: z.array(z.tuple([EventId, z.array(z.string()).min(2)])).min(1),
    }),
  ])
  .refine(({ key, kind }) => fateOf(key) === kind, 'names a key that no backup of this build holds')
export type Part = z.infer<typeof Part>

/** What XSETID wants, so that the stream goes on as it was. @see https://redis.io/docs/latest/commands/xsetid/ */
export const StreamEnd = z.object({
  kind: z.literal('stream-end'),
  key: z.string().refine(key => fateOf(key) === 'stream', 'is no stream'),
  lastId: EventId,
  entriesAdded: z.number().int().nonnegative(),
  maxDeletedId: EventId,
})
export type StreamEnd = z.infer<typeof StreamEnd>

/** The last line: how many lines stand before it, and the SHA-256, in hex, of all of them with their line ends. */
export const Trailer = z.object({
  kind: z.literal('end'),
  lines: z.number().int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export type Trailer = z.infer<typeof Trailer>

/** Any line between the first and the last. */
export const Line = z.union([Part, StreamEnd])
export type Line = z.infer<typeof Line>
