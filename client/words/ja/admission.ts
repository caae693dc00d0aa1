import type { Words } from '../words.ts'

export const admission: Words['admission'] = {
  heading: 'この画面はまだ承認されていません',
  withdrawn: 'この画面の承認は取り消されました',
  how: address => `管理者が ${address} を開き、このコードを入力してください。`,
  spoken: code => `コード ${[...code].join(' ')}`,
  asking: 'コードを取得しています。',
  renewed: 'コードは10分ごとに更新されます。',
  unreachable: 'サーバーが応答しません。再試行しています。',
}
