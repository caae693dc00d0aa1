import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseStory, type Story } from './story.ts'

/** Reads and parses a story file. Throws one line when the file is not there or not a story. */
export function loadStory(file: string | URL): Story {
  return parseStory(textOf(file), basename(file.toString()))
}

function textOf(file: string | URL): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new Error(
      `no story can be read: name a YAML file that exists (${error instanceof Error ? error.message : error})`,
    )
  }
}
