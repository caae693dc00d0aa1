/** `GET` of an address of this server, with the reader's token. Rejects when the server cannot be reached. */
export type Ask = (address: string) => Promise<Response>

/** `GET` of a path → the JSON of its answer; null when the server gives none. Never throws. */
export async function answerTo(ask: Ask, path: string): Promise<unknown> {
  try {
    const response = await ask(path)
    return response.ok ? await response.json() : null
  } catch {
    return null
  }
}
