import type { Words } from '../words.ts'
import { lists } from './lists.ts'

export const regionChoice: Words['regionChoice'] = {
  scope: { legend: '表示範囲', all: 'すべて', mine: 'マイ' },
  elsewhere: n =>
    n === null
      ? 'これらに関係するもののみ表示しています。'
      : n === 0
        ? 'これらに関係するもののみ表示しています。ほかに障害はありません。'
        : `これらに関係するもののみ表示しています。ほかに障害が${n}件あります。`,
  share: '共有',
  shareTitle: 'これらのリージョンへのリンク',
  copied: 'リンクをコピーしました。',
  notCopied: 'コピーできませんでした。ページのアドレスをコピーしてください。',
  lent: n => `リンクで共有された${n}リージョンを表示しています。`,
  keep: 'これを保存',
  putAway: 'マイリージョンに戻る',
  unknown: (codes, more) => `ここでは不明なため除外しました：${lists.plain(codes)}${more > 0 ? `ほか${more}件` : ''}。`,
  over: (n, most) => `リンクの指定が${most}件を超えたため、最後の${n}件を除外しました。`,
}
