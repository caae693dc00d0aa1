import type { Words } from '../words.ts'

export const frame: Words['frame'] = {
  skip: '本文へ移動',
  pages: 'ページ',
  menu: 'メニュー',
  titles: {
    dashboard: 'ダッシュボード',
    incidents: '障害情報',
    incident: '障害',
    news: 'ニュース',
    near: '最寄りのリージョン',
    regions: 'リージョン',
    sources: '情報源',
    walls: '壁面ディスプレイ',
    wall: 'ウォール',
    missing: 'ページが見つかりません',
  },
  theme: { legend: '配色', auto: '自動', light: 'ライト', dark: 'ダーク', contrast: 'ハイコントラスト' },
  zone: { legend: 'タイムゾーン', local: '現地', utc: 'UTC', places: 'マイリージョンの場所' },
  search: {
    label: '検索',
    placeholder: 'リージョン、障害など',
    none: '該当するものはありません。',
    count: n => `${n}件`,
  },
  keys: { heading: 'キーボードショートカット', enabled: '単独キーを使う' },
  language: '言語',
  close: '閉じる',
  anotherSite: about => (about === null ? '（外部サイト）' : `（${about}、外部サイト）`),
  missing: 'このページは存在しません。',
  failed: 'このページを読み込めませんでした。再読み込みしてください。',
  toDashboard: 'ダッシュボードへ',
}
