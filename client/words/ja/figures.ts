import { numbersIn } from '../numbers.ts'
import type { Words } from '../words.ts'

const { whole, percent } = numbersIn('ja')

export const figures: Words['figures'] = {
  label: '主な数値',
  whole,
  percent,
  unknown: '–',
  regionsOpen: '開設済み',
  announced: '発表済み',
  zones: 'ゾーン',
  countries: '国・地域',
  providers: 'プロバイダー',
  pops: 'エッジ拠点',
  incidentsNow: '発生中の障害',
  regionsAffected: '影響あり',
  regionsLive: '最新の割合',
  articles: '記事',
}
