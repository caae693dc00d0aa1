import type { SourceKind } from '../shared/domain/source.ts'

/** A source as configured. */
export type SourceConfig = {
  id: string
  kind: SourceKind
  url: string
  provider: string
  everyMs: number
  topics: string[]
}
