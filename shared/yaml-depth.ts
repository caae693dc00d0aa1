/** No file that somebody wrote is half as deep. */
const MAX_DEPTH = 500

/**
 * Whether YAML opens more lists and maps within each other than any real file. The parser needs more than a kilobyte for
 * each before it can refuse them: a megabyte of brackets took 1.5 GB.
 */
export function nestsTooDeep(text: string): boolean {
  // lists in one line: `- - - x`
  if (/(?:[-?][ \t]){500}/.test(text)) return true
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    if (sign === '[' || sign === '{') depth += 1
    else if ((sign === ']' || sign === '}') && depth > 0) depth -= 1
    if (depth > MAX_DEPTH) return true
  }
  return false
}
