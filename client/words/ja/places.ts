import { numbersIn } from '../numbers.ts'
import type { Words } from '../words.ts'

const { whole } = numbersIn('ja')

export const places: Words['places'] = {
  loading: '読み込み中です。',
  failed: 'サーバーに問い合わせできませんでした。再読み込みしてください。',
  openPage: 'ページを開く',
  active: '現在',
  noneActive: '障害はありません。',
  past: '過去の障害',
  nonePast: '保存されているものはありません。',
  about: '基本情報',
  timesIn: city => `時刻を${city}のタイムゾーンで表示`,
  coordinates: '座標',
  services: '影響を受けているサービス',
  nearby: '近くのリージョン',
  region: 'リージョン',
  state: '状態',
  distance: '距離',
  km: km => `${whole(km)} km`,
}
