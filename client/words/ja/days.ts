import type { Words } from '../words.ts'

export const days: Words['days'] = {
  heading: '過去90日間',
  key: '1本が1日（UTC）。高いほど深刻、短い線は不明。',
  ago: n => `${n}日前`,
  today: '今日',
  day: (date, state, length) => `${date}：${state}${length === null ? '' : `、${length}`}`,
  count: (n, state) => `${state}${n}日`,
  summary: (n, counts) => `${n}日間の内訳：${counts}。`,
  named: (date, state) => `${date}（${state}）`,
  bad: days => `問題があった日：${days}。`,
  watchedSince: clock => `${clock}から監視しています。それ以前は不明です。`,
  neverWatched: 'まだ監視されていません。',
}
