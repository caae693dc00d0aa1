import { describe, expect, test } from 'vitest'
import { topicsIn, topicsOf } from '../../../workers/feeds/topics.ts'
import { tokensOf } from '../../../workers/text/word-trie.ts'

describe('topics are read', () => {
  test.each<[string, string[]]>([
    ['AWS knocked offline in us-east-1', ['reliability']],
    ['New data centre in Lagos', ['datacenters']],
    ['Now billing by the second', ['pricing']],
    ['GPU capacity for everybody', ['ai']],
    ['Carbon-aware scheduling for batch jobs', ['sustainability']],
    ['Abwärme aus dem Rechenzentrum heizt das Hallenbad', ['datacenters', 'sustainability']],
    ['Sicherheitslücke in der Verwaltung', ['security']],
    ['大阪に新しいデータセンターを建設', ['datacenters']],
    ['클라우드 장애 발생', ['reliability']],
    ['Une panne géante', ['reliability']],
    ['CVE-2026-1234 in a router', ['networking', 'security']],
    ['How Contoso cut its bills with object storage', ['customer-stories', 'pricing']],
    ['Customer story: a bakery in the cloud', ['customer-stories']],
  ])('%s', (title, topics) => expect(topicsOf(title)).toEqual(topics))
})

describe('no topic is read', () => {
  test.each([
    'Hacker News turns twenty',
    "J'ai vu la mer",
    'It is available to us',
    'General availability of the new console',
    'How to choose a chair',
    'How we use threads',
    'The CEO steps down',
    'Breaking down the numbers',
    'A social network for dogs',
  ])('%s', title => expect(topicsOf(title)).toEqual([]))
})

test('in a summary, only words of one meaning count', () => {
  const about = (summary: string) => {
    const tokens = tokensOf(`A title\n${summary}`)
    return topicsIn(tokens, 2)
  }
  expect(about('The network and the price of it are not the point.')).toEqual([])
  expect(about('Ransomware was found on two hosts.')).toEqual(['security'])
})
