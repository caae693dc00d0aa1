import type { Words } from '../words.ts'

export const connection: Words['connection'] = {
  spoken: state => `接続：${state}`,
  live: 'ライブ',
  liveSign: ago => `ライブ · ${ago}前`,
  connecting: '接続中',
  reconnecting: since => `${since}から再接続中`,
  lastKnown: (time, ago) => `${time}時点（${ago}）`,
  noReadings: '最初のデータを待機中',
  stale: since => `${since}から更新なし`,
}
