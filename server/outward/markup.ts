const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/**
 * Text → the same text inside an element or a quoted attribute of XML, SVG or HTML. Characters that XML has no place for
 * (controls, halves of surrogate pairs) are left out.
 * @see https://www.w3.org/TR/xml/#charsets
 */
export const escapeMarkup = (text: string): string =>
  text.replace(notXml, '').replace(/[&<>"']/g, character => entities[character] ?? '')

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to be left out
const notXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu

/** Plain text of several lines → HTML. */
export const textAsHtml = (text: string): string => escapeMarkup(text).replace(/\r?\n/g, '<br>\n')
