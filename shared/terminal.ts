import { stripVTControlCharacters } from 'node:util'

/** What a terminal would act on, or what turns the direction of a text. */
export const CONTROLS = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu

/** A text of others as one line that changes nothing but what it says. */
export const clean = (text: string): string => stripVTControlCharacters(text).replace(CONTROLS, ' ')

/** Lines that quote others, for a terminal. */
export const cleanLines = (text: string): string => text.split('\n').map(clean).join('\n')
