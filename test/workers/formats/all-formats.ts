import type { WireFormat } from '../../../shared/domain/source.ts'
import type { FormatCases } from './format-cases.ts'
import { engineFormats } from './formats-of-engines.ts'
import { providerFormats } from './formats-of-providers.ts'

/** By the names of their folders in test/fixtures/formats: every wire format, and the dialects of some. */
export const formats: Readonly<Record<WireFormat | 'incident-io', FormatCases>> = {
  ...providerFormats,
  ...engineFormats,
}
