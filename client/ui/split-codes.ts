/** A code with hyphens, such as `europe-west4`. It is read as one word and must not break. */
const CODE = /([a-z\d]{1,40}(?:-[a-z\d]{1,40}){1,8})/

/** A text in pieces; each second one is a code. */
export const splitCodes = (text: string): string[] => text.split(CODE)
