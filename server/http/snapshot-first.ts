import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Packed, PackedSnapshot } from '../live/snapshot.ts'
import { protective } from './security-headers.ts'

const PATH = '/api/picture'
/** As every browser of our days says it: brotli, without a weight. Whoever says it otherwise is answered by the application. */
const TAKES_BROTLI = /(^|[,\s])br\s*(,|$)/

/**
 * How long a snapshot may be kept. A browser asks each time whether its own still stands; a cache that many share may give the
 * same to all for a moment, for whoever takes it goes on from its `head`. What needs a token is kept by nobody but its reader.
 */
export const snapshotCaching = (guarded: boolean): string =>
  guarded ? 'private, no-cache' : 'public, max-age=0, s-maxage=2, must-revalidate'

/** A picture with all that is sent of it; heads are lists of a name, its value, the next name and so on. */
type Ready = { packed: Packed; body: Buffer; headers: string[]; withBody: string[] }

export type SnapshotFirstDeps = {
  snapshot: () => PackedSnapshot
  loaded: () => boolean
  /** Whether reading needs a token; then the application answers. */
  guarded: boolean
  simulated: () => boolean
  onRequest(route: string, status: number): void
}

/**
 * Answers what each page asks first, the picture in brotli, before anything else looks at the request: thousands may
 * ask at once, and what they get is one piece of memory that was made before. All other requests go on to the application,
 * which answers the same to the same question, only slower.
 */
export function snapshotFirst(deps: SnapshotFirstDeps, application: RequestListener): RequestListener {
  let ready: Ready | undefined

  async function make(packed: Packed): Promise<Ready> {
    const body = await packed.body('br')
    const headers = {
      ...protective,
      ...(deps.simulated() && { 'X-Nephoscope-Simulated': 'true' }),
      'Cache-Control': snapshotCaching(false),
      Vary: 'Accept-Encoding',
      ETag: packed.etag,
    }
    const withBody = {
      ...headers,
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Encoding': 'br',
      'Content-Length': String(body.length),
    }
    return { packed, body, headers: Object.entries(headers).flat(), withBody: Object.entries(withBody).flat() }
  }

  function answer(
    { packed, body, headers, withBody }: Ready,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    const known = request.headers['if-none-match'] === packed.etag
    if (known) response.writeHead(304, headers).end()
    else response.writeHead(200, withBody).end(body)
    deps.onRequest(PATH, known ? 304 : 200)
  }

  return (request, response) => {
    const { method, url, headers } = request
    const plain = headers['cache-control'] === undefined || headers['if-none-match'] === undefined
    const mine = method === 'GET' && url === PATH && plain && TAKES_BROTLI.test(headers['accept-encoding'] ?? '')
    if (!mine || deps.guarded || !deps.loaded()) return application(request, response)
    const packed = deps.snapshot().picture()
    if (ready?.packed === packed) return answer(ready, request, response)
    make(packed)
      .then(made => {
        ready = made
        answer(made, request, response)
      })
      .catch(() => response.destroy())
  }
}
