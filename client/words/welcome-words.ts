import type { welcome } from './en/welcome.ts'
import type { LanguageTag } from './languages.ts'

/** The words of the first minute; loaded with what says them, for who has chosen a stack never needs them. */
export type WelcomeWords = typeof welcome

export const loadWelcomeWords: Readonly<Record<LanguageTag, () => Promise<WelcomeWords>>> = {
  en: async () => (await import('./en/welcome.ts')).welcome,
  de: async () => (await import('./de/welcome.ts')).welcome,
  ja: async () => (await import('./ja/welcome.ts')).welcome,
}
