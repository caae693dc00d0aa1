import type { FormatCases } from './format-cases.ts'
import { engineFormats } from './formats-of-engines.ts'
import { providerFormats } from './formats-of-providers.ts'

/** By the names of their folders in test/fixtures/formats. */
export const formats: Readonly<Record<string, FormatCases>> = { ...providerFormats, ...engineFormats }
