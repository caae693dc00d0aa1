import { isThere, type Screen, type ScreenPicture } from '../../shared/domain/screen.ts'
import type { Fact } from '../regions/region-facts.ts'
import { ago, clockTime, span, type When } from '../ui/time.ts'
import type { WallsWords } from '../words/wall-words.ts'

/** A screen as a card tells it. */
export type ScreenRow = {
  screen: Screen
  name: string
  place: string
  there: boolean
  /** Where it is and since when, in a few words. */
  presence: string
  /** What it says of itself, label and value. */
  facts: Fact[]
  picture: ScreenPicture | null
}

/** What a person calls it, else what its address does, else the beginning of its id. */
export const screenName = ({ id, name, report }: Pick<Screen, 'id' | 'name' | 'report'>, say: WallsWords): string =>
  name || report?.name || say.unnamed(id.slice(0, 4))

/** Screens and their pictures → cards: those that are there first, then by name. Pure. */
export function screenRows(
  screens: Iterable<Screen>,
  pictures: ReadonlyMap<string, ScreenPicture>,
  when: When,
  say: WallsWords,
): ScreenRow[] {
  return [...screens]
    .map(screen => rowOf(screen, pictures.get(screen.id) ?? null, when, say))
    .sort(
      (a, b) =>
        Number(b.there) - Number(a.there) || a.name.localeCompare(b.name) || (a.screen.id < b.screen.id ? -1 : 1),
    )
}

function rowOf(screen: Screen, picture: ScreenPicture | null, when: When, say: WallsWords): ScreenRow {
  const there = isThere(screen, when.now)
  return {
    screen,
    name: screenName(screen, say),
    place: screen.place,
    there,
    presence: presenceOf(screen, there, when, say),
    facts: factsOf(screen, when, say),
    picture,
  }
}

function presenceOf({ seenAt, admittedAt }: Screen, there: boolean, when: When, say: WallsWords): string {
  if (there) return say.connected
  if (seenAt !== null) return say.lastSeen(clockTime(seenAt, when), ago(seenAt, when))
  return admittedAt === null ? say.neverSeen : say.notYetSeen
}

function factsOf({ report, seenAt }: Screen, when: When, say: WallsWords): ScreenRow['facts'] {
  if (report === null) return []
  const { width, height, pixelRatio, build, fps, visible, asOf, address, theme } = report
  const scenes: Readonly<Record<string, string>> = say.scenes
  return [
    { label: say.facts.scene, value: report.scene === null ? say.nothing : (scenes[report.scene] ?? report.scene) },
    { label: say.facts.picture, value: asOf === null ? say.nothing : clockTime(asOf, when) },
    {
      label: say.facts.seen,
      value: seenAt === null ? say.nothing : when.words.time.ago(span(when.now - Date.parse(seenAt), when.words)),
    },
    { label: say.facts.size, value: say.size(width, height, pixelRatio) },
    { label: say.facts.frames, value: visible ? (fps === null ? say.nothing : say.fps(fps)) : say.hidden },
    { label: say.facts.build, value: build },
    { label: say.facts.address, value: `${address} (${theme})` },
  ]
}
