import { numbersIn } from '../numbers.ts'
import type { Words } from '../words.ts'

const { whole } = numbersIn('ja')

export const regionList: Words['regionList'] = {
  summary: ({ shown, all, zone }) =>
    `${shown === all ? `${whole(all)}リージョン` : `${whole(all)}リージョン中${whole(shown)}件`}。時刻は${zone}です。`,
  asList: '表とカード',
  view: '表示形式',
  views: { table: '表', cards: 'カード', matrix: 'マトリックス' },
  filters: 'リージョンの絞り込み',
  findHint: '名称、コード、都市、国',
  trouble: '問題があるもの',
  geography: '地域',
  groupBy: 'グループ',
  noGroup: 'なし',
  groups: { provider: 'プロバイダー', geography: '地域', metro: '都市圏' },
  onlyMine: 'マイリージョンのみ',
  incidents: n => `障害${whole(n)}件`,
  columns: {
    state: '状態',
    region: 'リージョン',
    code: 'コード',
    provider: 'プロバイダー',
    place: '場所',
    zones: 'ゾーン数',
    since: '開始',
    incidents: '障害',
    carbonFree: 'カーボンフリー',
  },
}
