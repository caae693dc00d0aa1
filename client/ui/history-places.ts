import { z } from 'zod'

export type HistoryPlaces = ReturnType<typeof historyPlaces>

/** One of the elements of a kind that have the same name. */
const Mark = z.object({ tag: z.string(), name: z.string(), index: z.number(), top: z.number() })
type Mark = z.infer<typeof Mark>

/** Where a reader was on a page: how far the window and its areas were scrolled, and what had the focus. */
const Place = z.object({ scrolled: z.array(z.tuple([z.string(), z.number()])), focus: Mark.nullable() })
type Place = z.infer<typeof Place>
const Places = z.array(z.tuple([z.string(), Place]))

const STORED = 'nephoscope.places'
const MAX_PLACES = 50
/** So long what comes later does not move the place away; a page that has not become what it was by then has changed. */
const HOLD_MS = 5_000
const WINDOW = ''

/**
 * Remembers where the reader was on each entry of the history and leads back there, while what a page loads is still
 * coming. Whoever scrolls, presses or types meanwhile is left where they are.
 * @param storage of the tab, so that it also works after a reload or a visit to another site; null where it is forbidden
 */
export function historyPlaces(window: Window, storage: Storage | null) {
  const { document } = window
  const places = new Map<string, Place>(read(storage))
  /** Areas that were scrolled; the window's own scrolling comes as the document's. */
  const areas = new Set<Element>()
  document.addEventListener('scroll', ({ target }) => target instanceof Element && areas.add(target), {
    capture: true,
    passive: true,
  })
  let stop = () => {}

  return {
    /** Remembers the place on the page that is left. */
    keep(entry: string): void {
      stop()
      for (const area of areas) if (!area.isConnected) areas.delete(area)
      const scrolled = [...areas].map((area): [string, number] => [pathTo(area), area.scrollTop])
      places.delete(entry)
      places.set(entry, { scrolled: [[WINDOW, window.scrollY], ...scrolled], focus: markOf(document.activeElement) })
      const all = [...places].slice(-MAX_PLACES)
      storage?.setItem(STORED, JSON.stringify(all))
    },
    /** Leads back to the place of an entry, if it was visited before. */
    bring(entry: string): void {
      stop()
      const place = places.get(entry)
      if (place === undefined) return
      let isHeld = true
      const hold = () => isHeld && show(place, window)
      const content = new MutationObserver(() => window.requestAnimationFrame(hold))
      const height = new ResizeObserver(hold)
      const input = new AbortController()
      const timeout = window.setTimeout(() => stop(), HOLD_MS)
      stop = () => {
        isHeld = false
        content.disconnect()
        height.disconnect()
        input.abort()
        window.clearTimeout(timeout)
      }
      for (const type of ['wheel', 'pointerdown', 'touchstart', 'keydown'])
        window.addEventListener(type, () => stop(), { signal: input.signal, capture: true, passive: true })
      content.observe(document.body, { childList: true, subtree: true })
      height.observe(document.body)
      window.requestAnimationFrame(hold)
    },
  }
}

/** Goes as near to the place as the page allows by now. */
function show({ scrolled, focus }: Place, { document, innerHeight }: Window): void {
  for (const [path, top] of scrolled) {
    const area = path === WINDOW ? document.scrollingElement : document.querySelector(path)
    if (area !== null) area.scrollTop = top
  }
  const element = focus === null ? null : find(focus, document)
  if (focus === null || element === null) return
  if (element !== document.activeElement) element.focus({ preventScroll: true })
  if (focus.top >= 0 && focus.top < innerHeight) bringTo(focus.top, element)
}

/** What stands above may have grown, and heights of what was never in sight are estimates: the focus tells better where the reader was. */
function bringTo(top: number, element: HTMLElement): void {
  let missing = element.getBoundingClientRect().top - top
  for (let area = element.parentElement; area && Math.abs(missing) >= 1; area = area.parentElement) {
    if (area !== document.scrollingElement && !/auto|scroll/.test(getComputedStyle(area).overflowY)) continue
    const before = area.scrollTop
    area.scrollTop += missing
    missing -= area.scrollTop - before
  }
}

function markOf(element: Element | null): Mark | null {
  if (element === null || element.matches('body, main')) return null
  const { localName: tag } = element
  const name = nameOf(element)
  const index = sameAs(element.ownerDocument, tag, name).indexOf(element)
  return { tag, name, index, top: element.getBoundingClientRect().top }
}

/** Where there are fewer now, such as when the focus itself had brought one, the last of them. */
function find({ tag, name, index }: Mark, document: Document): HTMLElement | null {
  const alike = sameAs(document, tag, name)
  const found = alike[index] ?? alike.at(-1)
  return found instanceof HTMLElement ? found : null
}

const sameAs = (document: Document, tag: string, name: string): Element[] =>
  [...document.getElementsByTagName(tag)].filter(element => nameOf(element) === name)

const nameOf = (element: Element): string =>
  element.getAttribute('href') ?? element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 80)

/** A selector of its position: parts of pages that scroll keep theirs. */
function pathTo(element: Element): string {
  const steps: string[] = []
  for (let one: Element | null = element; one && one.localName !== 'body'; one = one.parentElement) {
    const { localName, parentElement } = one
    const alike = [...(parentElement?.children ?? [])].filter(sibling => sibling.localName === localName)
    steps.unshift(`${localName}:nth-of-type(${alike.indexOf(one) + 1})`)
  }
  return `body>${steps.join('>')}`
}

function read(storage: Storage | null): [string, Place][] {
  try {
    return Places.parse(JSON.parse(storage?.getItem(STORED) ?? '[]'))
  } catch {
    return []
  }
}
