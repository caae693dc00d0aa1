import { createContext, untrack } from 'svelte'

/** A key that a page has for itself while it is shown, before what the frame does with it. */
export type Claim = {
  /** `KeyboardEvent.key`; the first is the one that help shows. */
  keys: readonly string[]
  /** What it does, for help. */
  does: string
  /** Returns whether the key meant something just now; else it is left to the browser. */
  run(key: string): boolean
}

export type ClaimedKeys = ReturnType<typeof claimedKeys>

/** Which keys pages have claimed. */
export function claimedKeys() {
  let claims = $state.raw<readonly Claim[]>([])
  return {
    get all() {
      return claims
    },
    /** Returns what gives them back. */
    claim(more: readonly Claim[]): () => void {
      claims = [...untrack(() => claims), ...more]
      return () => {
        claims = untrack(() => claims).filter(claim => !more.includes(claim))
      }
    },
  }
}

/** For pages, which claim, and for the frame, which hears keys: `$effect(() => getKeys().claim([…]))`. */
export const [getKeys, setKeys] = createContext<ClaimedKeys>()
