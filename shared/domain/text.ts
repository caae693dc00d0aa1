/** A text without its accents, full-width forms and ligatures. */
export const withoutAccents = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '')

/** The same in small letters: 'São Paulo' and 'SAO PAULO' are one. */
export const foldAccents = (text: string): string => withoutAccents(text).toLowerCase()
