import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseStory, type Story } from './story.ts'

/** Reads and parses a story file. Throws one line when the file is not there or not a story. */
export function loadStory(file: string | URL): Story {
  const name = basename(file.toString())
  return parseStory(readFileSync(file, 'utf8'), name)
}
