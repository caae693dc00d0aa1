/** A code with hyphens, such as `europe-west4`: read as one word, so no line may end in it. */
const CODE = /([a-z\d]{1,40}(?:-[a-z\d]{1,40}){1,8})/

/** A text → its parts in order; every second one is a code. Joined, they are the text. */
export const codesApart = (text: string): string[] => text.split(CODE)
