import type { Page } from 'playwright-core'

/** What a wall told of itself: the events that it took, one by one, and the pictures with which it began anew. */
export type Ledger = {
  /** The last event that the wall has in it; null before the first picture. */
  head(): string | null
  /** How often it began anew. */
  pictures(): number
  /** Holds what it told against the stream, whose ids are given oldest first. */
  against(stream: readonly string[]): Comparison
}

export type Comparison = {
  /** Events that it was given one by one, in order. */
  taken: number
  /** Events that came within a picture. */
  inPictures: number
  /** Events of the stream that it never had, and those that came twice or out of order. */
  missed: number
  doubled: number
}

type Entry = { picture: string } | { event: string }

/** Listens to a page from without, across its reloads: must be called before the page is opened. */
export async function keepLedger(page: Page): Promise<Ledger> {
  const entries: Entry[] = []
  await page.exposeFunction('tellBench', (what: string, told: unknown) => {
    if (what === 'picture') entries.push({ picture: String(told) })
    else if (Array.isArray(told)) entries.push(...told.map(id => ({ event: String(id) })))
  })
  await page.addInitScript(() => {
    for (const what of ['events', 'picture'])
      addEventListener(`nephoscope:${what}`, event =>
        Reflect.get(globalThis, 'tellBench')(what, (event as CustomEvent).detail),
      )
  })
  return {
    head() {
      const last = entries.at(-1)
      return last === undefined ? null : 'picture' in last ? last.picture : last.event
    },
    pictures: () => entries.filter(entry => 'picture' in entry).length,
    against: stream => compare(entries, stream),
  }
}

function compare(entries: readonly Entry[], stream: readonly string[]): Comparison {
  const places = new Map(stream.map((id, place) => [id, place]))
  const result: Comparison = { taken: 0, inPictures: 0, missed: 0, doubled: 0 }
  let at = -1
  for (const entry of entries) {
    const place = places.get('picture' in entry ? entry.picture : entry.event) ?? -1
    if ('picture' in entry) {
      result.inPictures += Math.max(0, place - at)
      at = Math.max(at, place)
    } else if (place <= at) result.doubled++
    else {
      result.missed += place - at - 1
      result.taken++
      at = place
    }
  }
  result.missed += stream.length - 1 - at
  return result
}
