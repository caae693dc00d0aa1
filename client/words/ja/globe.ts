import type { Words } from '../words.ts'

export const globe: Words['globe'] = {
  globe:
    '世界のリージョン。矢印キーで回転、プラスとマイナスで拡大と縮小、ホームキーで元に戻ります。続く表にすべてのリージョンがあります。',
  globeOption: '地球儀',
  mapOption: '地図',
  projection: '地球の表示形式',
  closer: '拡大',
  further: '縮小',
  reset: '全体を表示',
  turn: '回転させる',
  rest: '回転を止める',
  table: '表で表示',
  columns: { place: 'リージョン', status: '状態', since: '開始' },
  mine: 'マイリージョン',
  announced: '発表済み（未開設）',
  failed: '地球儀を読み込めませんでした。ページを再読み込みしてください。',
  tabs: { legend: '表示', lists: '一覧', globe: '地球儀' },
}
