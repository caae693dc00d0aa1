import { ascending, descending, firstOf, groupBy } from '../../shared/domain/order.ts'
import { isOnline, type Screen, type Screenshot } from '../../shared/domain/screen.ts'
import type { Fact } from '../regions/region-facts.ts'
import { ago, clockTime, span, type When } from '../ui/time.ts'
import type { WallsWords } from '../words/wall-words.ts'

export type ScreenRow = {
  screen: Screen
  name: string
  /** How many screens have this name, in either case of letters: a stranger's may have taken it. */
  namesakes: number
  place: string
  isOnline: boolean
  /** Whether it is connected, or when it was last. */
  presence: string
  facts: Fact[]
  screenshot: Screenshot | null
}

/** The name given to it, else the name in its address, else the beginning of its id. */
export const screenName = ({ id, name, report }: Pick<Screen, 'id' | 'name' | 'report'>, say: WallsWords): string =>
  name || report?.name || say.unnamed(id.slice(0, 4))

/** Screens → cards: those online first, then by name. */
export function screenRows(
  screens: Iterable<Screen>,
  screenshots: ReadonlyMap<string, Screenshot>,
  when: When,
  say: WallsWords,
): ScreenRow[] {
  const named = groupBy(screens, screen => screenName(screen, say).toLowerCase())
  return [...named.values()]
    .flatMap(all => all.map(screen => rowOf(screen, all.length, screenshots.get(screen.id) ?? null, when, say)))
    .sort(
      firstOf(
        descending(({ isOnline }) => Number(isOnline)),
        (a, b) => a.name.localeCompare(b.name),
        ascending(({ screen }) => screen.id),
      ),
    )
}

function rowOf(
  screen: Screen,
  namesakes: number,
  screenshot: Screenshot | null,
  when: When,
  say: WallsWords,
): ScreenRow {
  const isScreenOnline = isOnline(screen, when.now)
  return {
    screen,
    name: screenName(screen, say),
    namesakes,
    place: screen.place,
    isOnline: isScreenOnline,
    presence: presenceOf(screen, isScreenOnline, when, say),
    facts: factsOf(screen, when, say),
    screenshot,
  }
}

function presenceOf({ seenAt, admittedAt }: Screen, isOnline: boolean, when: When, say: WallsWords): string {
  if (isOnline) return say.connected
  if (seenAt !== null) return say.lastSeen(clockTime(seenAt, when), ago(seenAt, when))
  return admittedAt === null ? say.neverSeen : say.notYetSeen
}

function factsOf({ report, seenAt }: Screen, when: When, say: WallsWords): ScreenRow['facts'] {
  if (report === null) return []
  const { width, height, pixelRatio, build, fps, visible, asOf, address, theme } = report
  const scenes: Readonly<Record<string, string>> = say.wall.scenes
  return [
    { label: say.facts.scene, value: report.scene === null ? say.nothing : (scenes[report.scene] ?? report.scene) },
    { label: say.facts.dataAsOf, value: asOf === null ? say.nothing : clockTime(asOf, when) },
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
