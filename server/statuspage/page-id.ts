/** Statuspage's ids have no slash. */
export const pageId = (id: string): string => id.replace('/', '.')
