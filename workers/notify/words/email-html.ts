import { escapeHtml } from './escape-html.ts'
import type { Wording } from './wording.ts'

/**
 * A mail as HTML: one column that a phone shows without zooming. It sets no ground and no colour of text, so that the
 * reader's own light or dark one holds, and loads nothing. Pure.
 */
export function emailHtml(wording: Wording, unsubscribe: string): string {
  const { glyph, state, headline, colour, facts, why, words, also, links, sender } = wording
  const body = [
    `<div style="border-left:6px solid ${colour};padding-left:14px">`,
    `<p style="margin:0;font-weight:bold">${glyph} ${escapeHtml(state)}</p>`,
    `<h1 style="margin:6px 0 0;font-size:20px;line-height:1.3">${escapeHtml(headline)}</h1>`,
    '</div>',
    facts.length === 0 ? '' : paragraph(facts.map(([label, value]) => `${small(label)} ${escapeHtml(value)}`)),
    why === null ? '' : paragraph([escapeHtml(why)]),
    words === null ? '' : `<blockquote style="${QUOTE}">${escapeHtml(words).replaceAll('\n', '<br>')}</blockquote>`,
    also === null ? '' : alsoHtml(also),
    links.length === 0 ? '' : `<p style="margin:20px 0">${links.map(buttonHtml).join(' ')}</p>`,
    `<p style="margin:24px 0 0;font-size:14px;opacity:.75">${escapeHtml(sender)} · <a href="${escapeHtml(unsubscribe)}" style="color:inherit">unsubscribe</a></p>`,
  ]
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
    '<style>:root{color-scheme:light dark}</style>',
    `<title>${escapeHtml(headline)}</title></head>`,
    `<body style="margin:0;padding:16px"><div style="${COLUMN}">${body.join('')}</div></body></html>`,
  ].join('\n')
}

const COLUMN = [
  'max-width:560px',
  'margin:0 auto',
  'font:16px/1.5 -apple-system,BlinkMacSystemFont,Segoe UI,Roboto,Helvetica,Arial,sans-serif',
  'overflow-wrap:anywhere',
].join(';')
const QUOTE = 'margin:16px 0;padding:2px 0 2px 14px;border-left:3px solid #8b94a7'

const paragraph = (lines: readonly string[]) => `<p style="margin:16px 0">${lines.join('<br>')}</p>`

const small = (text: string) => `<span style="opacity:.75">${escapeHtml(text)}</span>`

/** The word stands in the colour of a link on the reader's own ground, so that no client can make it unreadable. */
const buttonHtml = ({ text, url }: { text: string; url: string }) =>
  `<a href="${escapeHtml(url)}" style="display:inline-block;min-width:96px;padding:12px 18px;margin:0 8px 8px 0;border:2px solid;border-radius:8px;font-weight:bold;text-align:center;text-decoration:none">${text}</a>`

const alsoHtml = ({ heading, lines, more }: NonNullable<Wording['also']>): string => {
  const items = lines.map(({ glyph, text, state, url }) => {
    const name = url === null ? escapeHtml(text) : `<a href="${escapeHtml(url)}">${escapeHtml(text)}</a>`
    return `<li style="margin:8px 0">${glyph} ${name} ${small(state)}</li>`
  })
  if (more !== null) items.push(`<li style="margin:8px 0">${more}</li>`)
  return `<p style="margin:16px 0 0;font-weight:bold">${heading}</p><ul style="margin:0;padding:0;list-style:none">${items.join('')}</ul>`
}
