import address from 'world-atlas/countries-110m.json?url'
import { type Land, landOf, type World } from './land.ts'

/** Outlines do not change: whoever comes after the first, such as a map that takes turns, gets what is there. */
let known: Promise<Land> | null = null

/** The outlines, from this server. Throws where they cannot be had: everything else is drawn without them, and the next one asks again. */
export function loadLand(): Promise<Land> {
  known ??= fetchLand().catch((error: Error) => {
    known = null
    throw error
  })
  return known
}

async function fetchLand(): Promise<Land> {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`the outlines of the land were answered with ${response.status}: reload the page`)
  // our own build's file, as the package ships it
  return landOf((await response.json()) as World)
}
