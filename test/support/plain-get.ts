import { get } from 'node:http'

/** A GET with exactly these headers; `fetch` would add `Cache-Control: no-cache` to a conditional one. */
export const plainGet = (
  url: string,
  headers: Record<string, string>,
): Promise<{ status: number | undefined; bytes: number }> =>
  new Promise((resolve, reject) => {
    get(url, { headers }, response => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      response.on('end', () => resolve({ status: response.statusCode, bytes }))
    }).on('error', reject)
  })
