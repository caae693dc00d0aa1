import type { ShownState } from '../ui/glyph-shapes.ts'

export type ThemeColors = {
  ground: string
  sphere: string
  line: string
  text: string
  muted: string
  night: string
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
    sphere: read('--raised', 'Canvas'),
    line: read('--line', 'GrayText'),
    text: read('--text', 'CanvasText'),
    muted: read('--muted', 'CanvasText'),
    night: read('--night', 'transparent'),
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
