import type { welcome as english } from '../en/welcome.ts'

export const welcome: typeof english = {
  heading: 'このページについて',
  what: 'クラウドやサービス各社が自ら発表する状況を即時に表示し、そのうち何が影響するかをお伝えします。',
  choose: '利用中のものを選ぶ',
  office: 'このオフィスのスタック：',
  also: 'または：',
  wall: '壁面に表示する',
  subscribe: '障害情報を購読する',
  api: 'APIを使う',
  close: '閉じて、今後表示しない',
  empty: {
    heading: 'まだ何も取得していません。',
    what: '最初の起動から1分以内に、リージョンの状態と障害情報がここに表示されます。それまでにご確認ください：',
    steps: [
      'ワーカーは動いていますか。情報源を読むのはワーカーで、このページは保存された内容を表示するだけです。`npm start`で両方が起動します。',
      'そのマシンはインターネットに接続できますか。ステータスページはHTTPSで取得します。プロキシはHTTPS_PROXYで指定します。',
      '読む情報源は設定ファイル（NEPHOSCOPE_CONFIG）にあります。次にいつ読むかは「情報源」のページに表示されます。',
      'まず試すには：`npm run demo`で架空のプロバイダーと架空の障害を表示します。',
    ],
    sources: '各情報源の応答を見る',
    doctor: '`npm run doctor`がこれらを確認し、対処法を示します。',
  },
}
