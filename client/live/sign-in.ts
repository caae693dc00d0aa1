import { z } from 'zod'
import { basePath } from '../ui/paths.ts'

const REQUEST_TIMEOUT_MS = 10_000

const SignIn = z.object({ signIn: z.string().nullable(), person: z.object({ name: z.string() }).nullable() })
export type SignIn = z.infer<typeof SignIn>

/** Where the server has people sign in. */
export const signInAddress = `${basePath}/sign-in`

/** The host of the provider where people sign in, and who has with this browser; nulls where that cannot be known. */
export async function askSignIn(): Promise<SignIn> {
  try {
    const answer = await fetch(`${basePath}/session`, { signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) })
    return SignIn.parse(await answer.json())
  } catch {
    return { signIn: null, person: null }
  }
}

/** Ends the session on the server. Rejects when it cannot be reached. */
export const signOut = (): Promise<Response> =>
  fetch(`${basePath}/sign-out`, { method: 'POST', signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) })
