const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/**
 * Escapes text for an element or a quoted attribute; leaves out characters that XML does not allow, such as controls.
 * @see https://www.w3.org/TR/xml/#charsets
 */
export const escapeMarkup = (text: string): string =>
  text.replace(notXml, '').replace(/[&<>"']/g, character => entities[character] ?? '')

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are left out
const notXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu

export const textAsHtml = (text: string): string => escapeMarkup(text).replace(/\r?\n/g, '<br>\n')
