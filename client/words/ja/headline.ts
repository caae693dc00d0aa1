import type { TroubledStatus, Troubles } from '../en/headline.ts'
import { numbersIn } from '../numbers.ts'
import type { Words } from '../words.ts'
import { lists } from './lists.ts'

/** The state as it follows a place and で. */
const predicates: Readonly<Record<TroubledStatus, string>> = {
  under_maintenance: 'メンテナンスを実施中',
  degraded_performance: 'パフォーマンスが低下中',
  partial_outage: '一部障害が発生中',
  major_outage: '大規模障害が発生中',
}

const { whole } = numbersIn('ja')

export const headline: Words['headline'] = {
  /** 'Azure West Europeで大規模障害が発生中、2リージョンでパフォーマンスが低下中です。' */
  troubles({ groups, place, own }: Troubles): string {
    const firstCount = place === null ? 0 : 1
    const clauses = groups.map(({ status, count }, index) => {
      if (index === 0 && place !== null) return `${place}で${predicates[status]}`
      const scope = own !== null && index === firstCount ? `マイリージョン${whole(own)}件のうち` : ''
      return `${scope}${whole(count)}${own === null ? 'リージョン' : '件'}で${predicates[status]}`
    })
    return `${lists.plain(clauses)}です。`
  },
  ownQuiet: () => 'マイリージョンに異常はありません。',
  providersReport: (providers, incidents) =>
    `${lists.sentence(providers)}が障害を${whole(incidents)}件報告しています（リージョンの記載なし）。`,
  quiet: '異常はありません。',
  quietWhereKnown: unknown => `確認できる範囲で異常はありません。${whole(unknown)}リージョンの状態は不明です。`,
  lastChange: (ago, where, stage) => `最終更新は${ago}、${where}：${stage}。`,
  nothingKnown: 'まだ情報がありません。どの情報源からも応答がありません。',
  stale: (since, last) => `${since}から更新されていません。最後に確認された状態：${last}`,
}
