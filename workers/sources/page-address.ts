/** The address of a status page, or already that of the document in it → the document's. `path` begins with a slash. */
export const documentIn = (url: string, path: string, document: RegExp): string =>
  document.test(url) ? url : `${url.replace(/[?#].*$/, '').replace(/\/$/, '')}${path}`
