import type { Count } from '../en/incident-list.ts'
import type { Words } from '../words.ts'

export const incidentList: Words['incidentList'] = {
  count: ({ now, ahead, over, more, zone }: Count) =>
    `発生中${now}件、予定${ahead}件、終了${more ? '（読み込み済み）' : ''}${over}件。時刻のタイムゾーンは${zone}です。`,
  filters: '障害情報の絞り込み',
  findHint: '件名、サービス、場所',
  region: 'リージョン',
  kind: '種類',
  kinds: { incident: '障害', maintenance: 'メンテナンス' },
  severity: '深刻度',
  orWorse: state => `${state}以上`,
  onlyMine: '自分のリージョンのみ',
  all: 'すべて表示',
  noneFits: '条件に合うものはありません。',
  now: '発生中',
  noneAhead: '今後4週間の予定はありません。',
  later: 'それ以降',
  today: '今日',
  takes: length => `（${length}）`,
  goesOn: '継続',
  past: '終了',
  kept: days => `最後の更新から${days}日間保存されます。`,
  loading: '読み込み中です。',
  failed: '過去の情報を取得できませんでした。もう一度お試しください。',
  earlier: '以前のものを表示',
  noEarlier: 'これより前のものは保存されていません。',
  channel: 'チャンネル',
  feed: 'フィード',
}
