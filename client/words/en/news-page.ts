import { numbersIn } from '../numbers.ts'
import { languagesIn, topicIn } from '../topics.ts'
import { lists } from './lists.ts'

const { whole } = numbersIn('en-GB')

export type NewsSummary = { articles: number; stories: number; shown: number | null; zone: string }
export type Speaker = { name: string; role: string | null; company: string | null }

/** The page on all that is published. */
export const newsPage = {
  heading: "What's happening around the globe",
  summary({ articles, stories, shown, zone }: NewsSummary): string {
    const all = `${whole(articles)} ${articles === 1 ? 'article' : 'articles'} in ${whole(stories)} ${stories === 1 ? 'story' : 'stories'}`
    return `${all}${shown === null ? '' : `; ${whole(shown)} shown`}. Times are ${zone}.`
  },
  asOf: (clock: string) => `As it was at ${clock}.`,
  find: 'Find',
  findHint: 'title, summary, source, topic',
  topics: 'Topics',
  allTopics: 'All',
  any: 'any',
  by: { topic: 'Topic', provider: 'Provider', region: 'Region', country: 'Country', language: 'Language' },
  /** A value that can be chosen, and how many stories it leads to. */
  option: (name: string, n: number) => `${name} (${whole(n)})`,
  clear: 'Take all filters back',
  alsoIn: (publishers: readonly string[]) => `also in ${lists.sentence(publishers)}`,
  newStories: (n: number) => `${whole(n)} new`,
  showNew: (n: number): string => (n === 1 ? 'Show it' : 'Show them'),
  lastVisit: 'since your last visit',
  unread: (n: number) => `${whole(n)} since your last visit`,
  none: 'No article yet.',
  noneFits: 'No story fits. Take a filter back.',
  loading: 'Older articles are being read.',
  failed: 'Older articles could not be read.',
  again: 'Try again',
  end: 'The server gives no older ones.',
  /** How far a search has looked. */
  searched: (n: number): string =>
    `Searched in the ${whole(n)} ${n === 1 ? 'article' : 'articles'} read so far; the server looks through older ones.`,
  customers: 'Customer stories',
  /** 'Ada King, CTO at Contoso' */
  speaker: ({ name, role, company }: Speaker) =>
    `${name}${role === null ? '' : `, ${role}`}${company === null ? '' : `${role === null ? ', ' : ' at '}${company}`}`,
  feeds: 'As a feed',
  /** A feed, as it is read aloud. */
  feed: (channel: string, format: string) => `${channel} as ${format}`,
  keys: (next: string, previous: string, open: string, find: string) =>
    `${next} and ${previous} go through the stories, ${open} opens one, ${find} finds.`,
  /** What a key does. */
  does: { next: 'Next story', previous: 'Previous story', find: 'Find in the news' },
  topic: topicIn({
    ai: 'AI',
    cloud: 'Cloud',
    compliance: 'Compliance',
    'customer-stories': 'Customer stories',
    datacenters: 'Data centres',
    networking: 'Networking',
    pricing: 'Pricing',
    releases: 'Releases',
    reliability: 'Reliability',
    security: 'Security',
    sustainability: 'Sustainability',
  }),
  language: languagesIn('en-GB'),
}
