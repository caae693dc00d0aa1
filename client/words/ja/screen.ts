import type { Words } from '../words.ts'

export const screen: Words['screen'] = {
  clockBehind: by => `この画面の時計は${by}遅れています。時刻はサーバーのものです。`,
  clockAhead: by => `この画面の時計は${by}進んでいます。時刻はサーバーのものです。`,
  mayBlank: 'ブラウザーはこの画面を点けたままにできません。システムの消灯を切るか、httpsでウォールを開いてください。',
}
