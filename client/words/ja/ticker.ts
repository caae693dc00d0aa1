import type { Words } from '../words.ts'

export const ticker: Words['ticker'] = {
  label: 'ティッカー',
  play: '再生',
  pause: '一時停止',
  playTicker: 'ティッカーを再生',
  pauseTicker: 'ティッカーを一時停止',
  notice: 'お知らせ',
  ended: (stage, ago) => `${stage}、${ago}`,
  spokenOpened: (where, title) => `${where}：新しい障害。${title}`,
  spokenEnded: (where, stage, title) => `${where}：${stage}。${title}`,
  moreChanges: n => `ほか${n}件の変更。`,
}
