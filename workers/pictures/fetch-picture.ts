import type { Http } from '../http/http.ts'
import type { PrivateReach } from '../http/reach.ts'
import { type ResizedPicture, resizePicture } from './resize-picture.ts'

/** For the whole of one image: waiting for its host, redirects, the body. */
const TIMEOUT_MS = 20_000
/** Of an original. Larger ones are refused while they stream. */
export const MAX_IMAGE_BYTES = 5_000_000

export type FetchedPicture =
  | ({ kind: 'made' } & ResizedPicture)
  /** Its host wants no requests for this long. */
  | { kind: 'held'; waitMs: number }
  /** `isFinal`: another try would end the same way. */
  | { kind: 'lost'; why: string; isFinal: boolean }

/** Fetches an image and makes our pictures of it. Whatever its host sends is an outcome, never an exception. */
export async function fetchPicture(
  url: string,
  isPrivate: PrivateReach | undefined,
  http: Pick<Http, 'get'>,
): Promise<FetchedPicture> {
  const outcome = await http.get({
    url,
    isPrivate,
    accept: 'image/webp,image/jpeg,image/png,image/gif;q=0.9',
    timeoutMs: TIMEOUT_MS,
    etag: null,
    lastModified: null,
  })
  switch (outcome.kind) {
    case 'fresh': {
      const made = await resizePicture(outcome.body)
      return made.ok ? { kind: 'made', ...made.value } : { kind: 'lost', why: made.error, isFinal: true }
    }
    case 'held':
      return { kind: 'held', waitMs: outcome.waitMs }
    case 'unchanged':
      return { kind: 'lost', why: 'answers 304 to a request without validators', isFinal: false }
    case 'failed':
      return { kind: 'lost', why: outcome.reason, isFinal: outcome.gone }
  }
}
