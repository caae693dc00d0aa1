import type { Ask } from './live.svelte.ts'

/** `GET` of a path → the JSON of its answer; null when the server gives none. Never throws. */
export async function answerTo(ask: Ask, path: string): Promise<unknown> {
  try {
    const response = await ask(path)
    return response.ok ? await response.json() : null
  } catch {
    return null
  }
}
