import type { Words } from '../words.ts'

export const banners: Words['banners'] = {
  label: 'お知らせ',
  simulated: 'シミュレーション：',
  invented: '架空のプロバイダーによるニュースと障害情報であり、実際のクラウドの状態ではありません',
  noneReachable: sources =>
    `${sources}件の情報源のいずれにも接続できません。このマシンのインターネット接続を確認してください。`,
  tryDemo: 'シミュレーションで試すには次を実行してください：',
  notThePresent: state => `現在の状態ではありません（${state}）。斜線の部分は最後に確認された状態です。`,
  lastKnown: state =>
    `サーバーにまだ接続できません。表示は最後に確認された状態です（${state}）。斜線の部分は変わっている可能性があります。`,
  more: n => `ほか${n}件。`,
  outdated: 'このページの新しいバージョンがあります。',
  load: '読み込む',
}
