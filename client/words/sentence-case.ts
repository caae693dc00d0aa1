/** The first letter as a capital. */
export const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
