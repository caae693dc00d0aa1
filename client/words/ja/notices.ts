import type { Words } from '../words.ts'

export const notices: Words['notices'] = {
  heading: '通知',
  state: on => (on ? '通知：オン' : '通知：オフ'),
  what: regions =>
    `マイリージョン（${regions}件）で障害が発生または悪化したとき、および終了したときに通知します。計画メンテナンスは通知しません。`,
  chooseFirst: '通知の対象はマイリージョンですが、まだ選択されていません。',
  show: '他の画面を見ている間、この端末に通知を表示する',
  sound: '静かな音を鳴らす',
  soundRule: '再読み込み後は、ページを一度クリックするまでブラウザーが音を許可しません。',
  asks: 'ブラウザーが許可を求めます。',
  denied: 'ブラウザーがこのページの通知を許可していません。ブラウザーのサイト設定で許可してください。',
  unsupported: 'このブラウザーでは、暗号化された接続でのみ通知を表示できます。',
  here: '設定はこの端末に保存され、ページを開いている間だけ有効です。',
  title: {
    opened: where => `${where}：新しい障害`,
    worsened: where => `${where}：障害が悪化`,
    resolved: where => `${where}：障害が終了`,
  },
}
