import { readFileSync } from 'node:fs'
import { groupStories } from '../../../shared/domain/group-stories.ts'
import { article, minutesAgo } from '../../support/builders.ts'

const file = new URL('../../fixtures/story-pairs.tsv', import.meta.url)

export type StoryScore = { right: number; of: number; wrong: string[] }

/** How many of the table's pairs are told as one story or as two, as it says. */
export function scoreStories(): StoryScore {
  const pairs = readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => line.split('\t'))
  const wrong = pairs.flatMap(([verdict, from, one = '', other = '']) => {
    const told = (id: string, title: string, minutes: number) =>
      article(id, {
        title,
        providers: [],
        url: `https://${id.replace('/', '.')}.example.com/`,
        publishedAt: minutesAgo(minutes),
      })
    const stories = groupStories([told('a/1', one, 90), told(from === 'same' ? 'a/2' : 'b/1', other, 30)])
    return stories.length === (verdict === 'one' ? 1 : 2) ? [] : [`${verdict}: ${one} / ${other}`]
  })
  return { right: pairs.length - wrong.length, of: pairs.length, wrong }
}
