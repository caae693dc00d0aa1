import type { NewsSummary, Speaker } from '../en/news-page.ts'
import { numbersIn } from '../numbers.ts'
import { languagesIn, topicIn } from '../topics.ts'
import type { Words } from '../words.ts'
import { lists } from './lists.ts'

const { whole } = numbersIn('ja')

export const newsPage: Words['newsPage'] = {
  heading: '世界のクラウドの動き',
  summary({ articles, stories, shown, zone }: NewsSummary): string {
    const some = shown === null ? '' : `、${whole(shown)}件を表示`
    return `記事${whole(articles)}件、話題${whole(stories)}件${some}。時刻のタイムゾーンは${zone}です。`
  },
  asOf: clock => `${clock}時点の内容です。`,
  find: '検索',
  findHint: '見出し、要約、配信元、トピック',
  topics: 'トピック',
  allTopics: 'すべて',
  any: 'すべて',
  by: { topic: 'トピック', provider: 'プロバイダー', region: 'リージョン', country: '国', language: '言語' },
  option: (name, n) => `${name}（${whole(n)}）`,
  clear: '絞り込みをすべて解除',
  alsoIn: publishers => `${lists.sentence(publishers)}にも掲載`,
  newStories: n => `新着${whole(n)}件`,
  showNew: () => '表示',
  lastVisit: '前回の閲覧以降',
  unread: n => `前回の閲覧以降${whole(n)}件`,
  none: '記事はまだありません。',
  noneFits: '条件に合う記事がありません。絞り込みを解除してください。',
  loading: '以前の記事を読み込んでいます。',
  failed: '以前の記事を読み込めませんでした。',
  again: '再試行',
  end: 'これより古い記事は提供されていません。',
  searched: n => `読み込み済みの記事${whole(n)}件から検索しました。以前の記事はサーバーで検索します。`,
  customers: '導入事例',
  speaker: ({ name, role, company }: Speaker) => [company, role, name].filter(part => part !== null).join('、'),
  feeds: 'フィード',
  feed: (channel, format) => `${channel}の${format}フィード`,
  keys: (next, previous, open, find) => `${next}と${previous}で記事を移動、${open}で開く、${find}で検索。`,
  does: { next: '次の記事', previous: '前の記事', find: 'ニュースを検索' },
  topic: topicIn({
    ai: '人工知能',
    cloud: 'クラウド',
    compliance: 'コンプライアンス',
    'customer-stories': '導入事例',
    datacenters: 'データセンター',
    networking: 'ネットワーク',
    pricing: '料金',
    releases: 'リリース',
    reliability: '信頼性',
    security: 'セキュリティ',
    sustainability: 'サステナビリティ',
  }),
  language: languagesIn('ja'),
}
