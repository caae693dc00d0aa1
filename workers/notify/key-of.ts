import { createHash } from 'node:crypto'

/** A text of any length as 43 characters that every service takes: letters, digits, - and _. */
export const keyOf = (text: string): string => createHash('sha256').update(text).digest('base64url')
