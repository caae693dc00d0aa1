import type { Summary } from '../en/source-page.ts'
import type { Words } from '../words.ts'

export const sourcePage: Words['sourcePage'] = {
  summary({ answering, total, waiting, shown, zone }: Summary): string {
    const notAsked = waiting === 0 ? '' : `、${waiting}件は未取得`
    const some = shown === null ? '' : `、${shown}件を表示`
    return `${total}件中${answering}件が応答${notAsked}${some}。時刻のタイムゾーンは${zone}です。`
  },
  key: '1本が1時間、右端が現在です。全体の棒はすべて成功、半分の棒は一部失敗、中空の棒はすべて失敗、点は取得なしを表します。',
  noSource: '情報源ファイルに情報源がありません。',
  noneFits: '条件に合う情報源がありません。絞り込みを解除してください。',
  find: '検索',
  findHint: '名前、ホスト、種類',
  state: '状態',
  provider: 'プロバイダー',
  any: 'すべて',
  sortBy: '並べ替え',
  states: { ok: '応答あり', failing: '失敗', waiting: '待機中', unread: '未取得', disabled: '無効' },
  sorts: { state: '問題のあるもの順', name: '名前順', change: '変更の新しい順', latency: '応答の遅い順' },
  columns: {
    source: '情報源',
    kind: '種類',
    state: '状態',
    day: '直近24時間',
    read: '最終取得',
    change: '最終変更',
    latency: '応答時間',
    every: '間隔',
    next: '次回',
  },
  neverRead: 'なし',
  noChange: 'なし',
  now: '今すぐ',
  pollNow: '今すぐ取得',
  pollSourceNow: name => `${name}を今すぐ取得`,
  token: '管理トークン',
  cancel: 'キャンセル',
  polled: name => `${name}を取得しています。`,
  unreachable: name => `サーバーに接続できず、${name}を取得できませんでした。もう一度お試しください。`,
  wrongToken: 'このトークンは受け付けられませんでした。サーバーの ADMIN_TOKEN を入力してください。',
  notWatched: name => `${name}は監視対象から外れたか、サーバーに管理トークンが設定されていません。`,
  tooManyTokens: 'このアドレスから誤ったトークンが多数送信されました。1分後にもう一度お試しください。',
  answeredWith: status => `サーバーの応答コードは ${status} でした。詳細はサーバーのログを確認してください。`,
}
