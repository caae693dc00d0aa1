import { z } from 'zod'

const Answer = z.object({ key: z.string().max(64).nullable() })

/** The key to what is told of a channel; null where reading needs none. Rejects when it cannot be had. */
export async function askForKey(ask: (address: string) => Promise<Response>, channel: string): Promise<string | null> {
  const response = await ask(`/api/feed-key?${new URLSearchParams({ channel })}`)
  if (!response.ok) throw new Error(`GET /api/feed-key answered ${response.status}`)
  return Answer.parse(await response.json()).key
}
