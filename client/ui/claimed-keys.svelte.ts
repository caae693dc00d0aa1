import { createContext, untrack } from 'svelte'

/** Keys that a page handles while it is shown, before the frame does. */
export type Claim = {
  /** Values of `KeyboardEvent.key`; help shows the first. */
  keys: readonly string[]
  /** Its description in help. */
  does: string
  /** Returns whether it handled the key; otherwise the browser does. */
  run(key: string): boolean
}

export type ClaimedKeys = ReturnType<typeof claimedKeys>

/** The keys that pages have claimed. */
export function claimedKeys() {
  let claims = $state.raw<readonly Claim[]>([])
  return {
    get all() {
      return claims
    },
    /** Adds claims; returns how to remove them. */
    claim(more: readonly Claim[]): () => void {
      claims = [...untrack(() => claims), ...more]
      return () => {
        claims = untrack(() => claims).filter(claim => !more.includes(claim))
      }
    },
  }
}

/** Pages claim with `$effect(() => getKeys().claim([…]))`; the frame listens. */
export const [getKeys, setKeys] = createContext<ClaimedKeys>()
