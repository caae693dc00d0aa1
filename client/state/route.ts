/** The pages. The server answers each of these paths with the same document. */
export const paths = ['/', '/sources'] as const
export type Path = (typeof paths)[number]

/** The path of an address → the page it names; the first page for what names none. */
export const pathOf = (pathname: string): Path => paths.find(path => path === pathname.replace(/(?<=.)\/$/, '')) ?? '/'
