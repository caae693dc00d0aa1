import type { Face } from '../ui/glyph-shapes.ts'

/** The theme's colours as a canvas takes them. */
export type Inks = {
  ground: string
  sphere: string
  line: string
  text: string
  muted: string
  /** One shade of the night. */
  night: string
  states: Readonly<Record<Face['status'], string>>
  /** Lines alone, no shades: in high contrast. */
  plain: boolean
}

const FORCED = '(forced-colors: active)'
const DARK = '(prefers-color-scheme: dark)'

/** Reads the theme through an element of the page: custom properties alone do not say which half of `light-dark()` holds. */
export function readInks(probe: HTMLElement): Inks {
  const forced = matchMedia(FORCED).matches
  const read = (variable: string, system: string): string => {
    if (forced) return system
    probe.style.color = `var(${variable})`
    return getComputedStyle(probe).color
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

/** Calls when the colours may have changed: by the reader's choice on the page, or by the system's. Returns what stops it. */
export function watchInks(changed: () => void): () => void {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  const media = [FORCED, DARK].map(query => matchMedia(query))
  for (const query of media) query.addEventListener('change', changed)
  return () => {
    observer.disconnect()
    for (const query of media) query.removeEventListener('change', changed)
  }
}
