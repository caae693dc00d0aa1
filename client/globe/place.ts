import type { Status } from '../../shared/domain/status.ts'
import type { Words } from '../words/en/page.ts'

/** Degrees, north and east positive. */
export type Coordinates = { lat: number; lon: number }

/** A region as the globe shows it; `provider` is its display name. */
export type Place = Coordinates & {
  id: string
  name: string
  provider: string
  status: Status
  fresh: boolean
  announced: boolean
  mine: boolean
}

/** A status that just changed; `at` in ms since the epoch. */
export type Pulse = { placeId: string; status: Status; at: number }

/** Between two places. */
export type Arc = { from: Coordinates & { id: string }; to: Coordinates & { id: string } }

export type GlobeWords = Words['globe'] & {
  stateOf: (place: Place) => string
  /** 'since 14:02 (38 min)', or the last known status; null for neither. */
  sinceOf: (id: string) => string | null
}
