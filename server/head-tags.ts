import { escapeMarkup } from './markup.ts'
import type { PageHead } from './page-head.ts'

export type HeadTagsInput = PageHead & {
  /** Under which everybody finds the server; null where it is not known, and then nothing names an address. */
  base: string | null
  path: string
  /** Invented providers: it is said wherever the state is. */
  simulated: boolean
}

/**
 * A page's head as HTML: title, description, Open Graph and card. Pure.
 * @see https://ogp.me/ https://developer.x.com/en/docs/x-for-websites/cards/overview/markup
 */
export function headTags({ title, description, type, base, path, simulated }: HeadTagsInput): string {
  const shown = simulated ? `SIMULATED · ${title}` : title
  const address = base === null ? null : base + path
  const properties: [string, string][] = [
    ['og:site_name', 'Nephoscope'],
    ['og:type', type],
    ['og:title', shown],
    ['og:description', description],
    ...(address === null
      ? []
      : ([
          ['og:url', address],
          ['og:image', `${base}/card.png`],
          ['og:image:width', '1200'],
          ['og:image:height', '630'],
          ['og:image:alt', 'Nephoscope: the state of every public cloud region'],
        ] satisfies [string, string][])),
  ]
  return [
    `<title>${escapeMarkup(shown)}</title>`,
    `<meta name="description" content="${escapeMarkup(description)}">`,
    ...(address === null ? [] : [`<link rel="canonical" href="${escapeMarkup(address)}">`]),
    ...properties.map(([name, value]) => `<meta property="${name}" content="${escapeMarkup(value)}">`),
    '<meta name="twitter:card" content="summary_large_image">',
  ].join('\n    ')
}
