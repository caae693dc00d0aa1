import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import opentype, { type Font, type PathCommand } from 'opentype.js'

/** The page's type, for what a server draws: texts become paths, so nothing depends on the fonts of a machine. */
export type Typeface = {
  /** Whether each character has a shape. */
  covers(text: string): boolean
  /** px */
  width(text: string, size: number): number
  /** Path data of SVG, from the left end of the base line. It holds nothing but letters of commands and numbers. */
  path(text: string, x: number, y: number, size: number): string
}
export type Type = { regular: Typeface; bold: Typeface }

const require = createRequire(import.meta.url)
const PACKAGE = '@fontsource/atkinson-hyperlegible-next'
/** Each file has the shapes of its characters; what the first lacks is looked for in the second. */
const SUBSETS = ['latin', 'latin-ext']

export async function loadType(): Promise<Type> {
  const [regular, bold] = await Promise.all([loadTypeface(400), loadTypeface(700)])
  return { regular, bold }
}

async function loadTypeface(weight: number): Promise<Typeface> {
  const fonts = await Promise.all(
    SUBSETS.map(async subset => {
      const file = require.resolve(`${PACKAGE}/files/atkinson-hyperlegible-next-${subset}-${weight}-normal.woff`)
      const { buffer, byteOffset, byteLength } = await readFile(file)
      return opentype.parse(buffer.slice(byteOffset, byteOffset + byteLength))
    }),
  )
  const fontOf = (character: string): Font | undefined => fonts.find(font => font.charToGlyphIndex(character) > 0)
  return {
    covers: text => [...text].every(character => fontOf(character) !== undefined),
    width: (text, size) => runsOf(text, fontOf).reduce((sum, run) => sum + run.font.getAdvanceWidth(run.text, size), 0),
    path(text, x, y, size) {
      let at = x
      return runsOf(text, fontOf)
        .map(({ font, text }) => {
          const { commands } = font.getPath(text, at, y, size)
          at += font.getAdvanceWidth(text, size)
          return commands.map(commandText).join('')
        })
        .join('')
    },
  }
}

/** A text in parts of one font each. What no font has is left out. */
function runsOf(text: string, fontOf: (character: string) => Font | undefined): { font: Font; text: string }[] {
  const runs: { font: Font; text: string }[] = []
  for (const character of text) {
    const font = fontOf(character)
    const last = runs.at(-1)
    if (font !== undefined && last?.font === font) last.text += character
    else if (font !== undefined) runs.push({ font, text: character })
  }
  return runs
}

/** The library's own `toPathData` garbles long texts. */
function commandText(command: PathCommand): string {
  switch (command.type) {
    case 'Z':
      return 'Z'
    case 'Q':
      return `Q${point(command.x1, command.y1)} ${point(command.x, command.y)}`
    case 'C':
      return `C${point(command.x1, command.y1)} ${point(command.x2, command.y2)} ${point(command.x, command.y)}`
    default:
      return `${command.type}${point(command.x, command.y)}`
  }
}

const point = (x: number, y: number): string => `${x.toFixed(1)} ${y.toFixed(1)}`
