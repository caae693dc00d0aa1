import type { ShownState } from '../ui/glyph-shapes.ts'

export type ThemeColors = {
  ground: string
  /** In the middle of the globe and at its rim. */
  sea: { middle: string; rim: string }
  land: string
  coast: string
  /** Of one of the shades, which overlap. */
  night: string
  lights: string
  atmosphere: string
  text: string
  muted: string
  states: Readonly<Record<ShownState['status'], string>>
  /** High contrast: lines only, no shades. */
  plain: boolean
}

const FORCED = '(forced-colors: active)'
const DARK = '(prefers-color-scheme: dark)'

/** Reads the theme through an element: a custom property does not tell which half of `light-dark()` applies. */
export function readThemeColors(swatch: HTMLElement): ThemeColors {
  const forced = matchMedia(FORCED).matches
  const read = (variable: string, system: string): string => {
    if (forced) return system
    swatch.style.color = `var(${variable})`
    return getComputedStyle(swatch).color
  }
  const unknown = read('--unknown', 'CanvasText')
  return {
    ground: read('--ground', 'Canvas'),
    sea: { middle: read('--globe-sea', 'Canvas'), rim: read('--globe-sea-rim', 'Canvas') },
    land: read('--globe-land', 'Canvas'),
    coast: read('--globe-coast', 'CanvasText'),
    night: read('--globe-night', 'transparent'),
    lights: read('--globe-lights', 'transparent'),
    atmosphere: read('--globe-atmosphere', 'transparent'),
    text: read('--text', 'CanvasText'),
    muted: read('--muted', 'CanvasText'),
    states: {
      operational: read('--operational', 'CanvasText'),
      under_maintenance: read('--under-maintenance', 'CanvasText'),
      degraded_performance: read('--degraded-performance', 'CanvasText'),
      partial_outage: read('--partial-outage', 'CanvasText'),
      major_outage: read('--major-outage', 'CanvasText'),
      unknown,
      announced: unknown,
    },
    plain: forced || document.documentElement.dataset.theme === 'contrast',
  }
}

/** Calls `onChange` when the page's or the system's theme changes. Returns a function that stops it. */
export function watchThemeColors(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  const media = [FORCED, DARK].map(query => matchMedia(query))
  for (const query of media) query.addEventListener('change', onChange)
  return () => {
    observer.disconnect()
    for (const query of media) query.removeEventListener('change', onChange)
  }
}
