import type { Status } from '../../shared/domain/status.ts'

/** Degrees, north and east positive. */
export type Coordinates = { lat: number; lon: number }

/** A region as the globe needs it; `provider` is the name that people know. */
export type Place = Coordinates & {
  id: string
  name: string
  provider: string
  status: Status
  /** False where the status is not the present. */
  fresh: boolean
  announced: boolean
  mine: boolean
}

/** Something has just changed at a place; `at` in ms since the epoch. */
export type Pulse = { placeId: string; status: Status; at: number }

export type Arc = { from: Coordinates; to: Coordinates }

/** All that the globe says. */
export type GlobeWords = {
  /** What a screen reader hears of the whole, with how to move it. */
  globe: string
  globeOption: string
  mapOption: string
  projection: string
  closer: string
  further: string
  reset: string
  turn: string
  rest: string
  table: string
  columns: { place: string; status: string; since: string }
  mine: string
  announced: string
  status: Readonly<Record<Status, string>>
  /** 'since 14:02 (38 min)', or what was last known; null where there is nothing to say. */
  sinceOf: (id: string) => string | null
}

/** The state in words, as tooltip and table say it. */
export const stateWords = (place: Place, words: GlobeWords): string =>
  place.announced ? words.announced : words.status[place.status]
