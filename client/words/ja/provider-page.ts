import type { Words } from '../words.ts'

export const providerPage: Words['providerPage'] = {
  noProvider: id => `「${id}」というプロバイダーはここでは監視していません。`,
  state: (name, state) => `${name}：${state}。`,
  noRegions: 'リージョンがないため、日ごとの記録はありません。',
  troubles: '現在の障害箇所',
  noTroubles: '障害が報告されているリージョンや構成要素はありません。',
  unnamed: 'サービスの記載なし',
  parts: 'リージョンに属さない構成要素',
  ownFigures: 'プロバイダー自身の公表値',
  readAt: (host, date) => `${host}、${date}に確認`,
  counted: 'ここで数えた値',
  sources: '情報源',
  noSources: 'このプロバイダーを伝える情報源はありません。',
  lastRead: ago => `${ago}に取得`,
  home: 'ウェブサイト',
  statusPage: 'ステータスページ',
  asStatuspage: 'ステータスページ互換の形式',
}
