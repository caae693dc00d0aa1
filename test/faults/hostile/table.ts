import type { Abuse } from './abuse.ts'
import { answers } from './answers.ts'
import { connections } from './connections.ts'
import { content } from './content.ts'

/** Every abuse that we know how to commit; names are unique. */
export const abuses: readonly Abuse[] = [...connections, ...answers, ...content]
