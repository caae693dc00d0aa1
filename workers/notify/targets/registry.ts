import type { AnyTarget } from '../target.ts'

/** Every kind of target, by the name that the sources file gives it. */
export const targetKinds: Readonly<Record<string, AnyTarget>> = {}
