import { type Status, statusColours, statusWords } from '../../shared/domain/status.ts'
import { escapeMarkup } from './markup.ts'

/** The average width of a character at 11 px; `textLength` enforces it in every font. */
const CHARACTER_PX = 6.6
const MARGIN_PX = 7
const SHAPE_PX = 16

/** A flat badge: the name, then shape, word and colour of the status, as a reader may miss any of the three. Pure. */
export function badge(label: string, status: Status, services = 0): string {
  const name = label.slice(0, 60)
  const word = summaryWords({ status, services })
  const [nameWidth, wordWidth] = [textWidth(name), textWidth(word)]
  const left = nameWidth + 2 * MARGIN_PX
  const width = left + SHAPE_PX + wordWidth + 2 * MARGIN_PX
  const title = escapeMarkup(`${name}: ${word}`)
  const text = (x: number, length: number, words: string) =>
    `<text x="${x}" y="14" textLength="${length}" lengthAdjust="spacingAndGlyphs">${escapeMarkup(words)}</text>`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" viewBox="0 0 ${width} 20" role="img" aria-label="${title}">`,
    `<title>${title}</title>`,
    `<rect width="${width}" height="20" rx="3" fill="#1b2130"/>`,
    `<path d="M${left} 0h${width - left - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H${left}Z" fill="${statusColours[status]}"/>`,
    '<g fill="#fff" color="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">',
    text(MARGIN_PX, nameWidth, name),
    `<g transform="translate(${left + MARGIN_PX - 1} 4) scale(.75)">${shapes[status]}</g>`,
    text(left + MARGIN_PX + SHAPE_PX, wordWidth, word),
    '</g></svg>',
  ].join('')
}

/** 'partial outage', or where only services are in it 'degraded performance (1 service)'. */
export const summaryWords = ({ status, services = 0 }: { status: Status; services?: number }): string =>
  services === 0
    ? statusWords[status]
    : `${statusWords[status]} (${services} ${services === 1 ? 'service' : 'services'})`

/** Colours come from the element around it: `fill` for what is filled, `color` for what is hollow. */
const hollow = 'fill="none" stroke="currentColor" stroke-width="2"'
/** The shapes of the states in a box of 16 by 16, as SVG. */
export const shapes: Readonly<Record<Status, string>> = {
  operational: '<circle cx="8" cy="8" r="4.5"/>',
  under_maintenance: `<path ${hollow} d="M8 1.6 13.6 4.8v6.4L8 14.4 2.4 11.2V4.8Z"/>`,
  degraded_performance: '<path d="M8 1.2 15.4 14.4H.6Z"/>',
  partial_outage: '<path d="M8 .4 15.6 8 8 15.6.4 8Z"/>',
  major_outage: '<path d="M5 .7h6L15.3 5v6L11 15.3H5L.7 11V5Z"/>',
  unknown: `<circle ${hollow} stroke-dasharray="3.4 2.46" cx="8" cy="8" r="5.6"/>`,
}

const textWidth = (text: string): number => Math.round([...text].length * CHARACTER_PX)
