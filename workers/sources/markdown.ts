import { plainText } from './plain-text.ts'

/** Markdown as incident texts use it → plain text: headings, emphasis, code, links and escapes lose their marks. */
export const markdownText = (markdown: string): string =>
  plainText(
    markdown
      .slice(0, 64 * 1024)
      .replace(/!?\[([^\][\n]{0,300})\]\([^()\s]{0,1000}\)/g, '$1')
      .replace(/^[ \t]{0,3}(?:#{1,6}|>)[ \t]+/gm, '')
      .replace(/^[ \t]{0,3}\\#(?:\\?#){0,5}[ \t]+/gm, '')
      .replace(/^[ \t]{0,8}[*+-][ \t]+/gm, '- ')
      .replace(/\*{1,3}|`{1,3}|(?<![\p{L}\p{N}])__|__(?![\p{L}\p{N}])/gu, '')
      .replace(/\\([\\`*_{}[\]()#+.!~>-])/g, '$1'),
  )
