/**
 * The address of a status page, or already that of the document in it → the document's. `path` begins with a slash; `document` is asked of
 * the address without query and fragment.
 */
export function documentIn(url: string, path: string, document: RegExp): string {
  const bare = withoutQuery(url)
  return document.test(bare) ? url : `${bare.replace(/\/$/, '')}${path}`
}

/** The address up to its query or fragment. */
export function withoutQuery(url: string): string {
  const end = url.search(/[?#]/)
  return end < 0 ? url : url.slice(0, end)
}
