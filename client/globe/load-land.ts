import address from 'world-atlas/countries-110m.json?url'
import { type Land, landOf, type World } from './land.ts'

/** The outlines, from this server. Throws where they cannot be had: everything else is drawn without them. */
export async function loadLand(): Promise<Land> {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`the outlines of the land were answered with ${response.status}: reload the page`)
  // our own build's file, as the package ships it
  return landOf((await response.json()) as World)
}
