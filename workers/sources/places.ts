import type { RegionId } from '../../shared/domain/primitives.ts'

/** What a text says about places. `global` is said in so many words; no regions and not global is 'unspecified'. */
export type Places = { regions: RegionId[]; global: boolean }

/** Finds the regions that a text names, among those of one provider. Built once from the catalogue. */
export type PlaceMatcher = (provider: string, text: string) => Places
