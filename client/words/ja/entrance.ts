import type { Words } from '../words.ts'

export const entrance: Words['entrance'] = {
  waiting: '最初のデータを待っています。',
  unreachable: (since, why) => `${since}以降、このサーバーからデータを取得できていません（${why}）。`,
  answeredWith: status => `応答コード ${status}`,
  nextTry: seconds => `${seconds}秒後に再試行します。`,
  trying: '再試行しています。',
  noReload: 'ページの再読み込みは不要です。',
  locked: 'この環境を閲覧するには閲覧トークンが必要です。',
  token: '閲覧トークン',
  open: '開く',
  refused: 'このトークンは受け付けられませんでした。この環境の管理者にお問い合わせください。',
  kept: 'このタブを閉じるまで保持されます。',
}
