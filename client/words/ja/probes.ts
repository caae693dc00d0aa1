import type { Words } from '../words.ts'

export const probes: Words['probes'] = {
  heading: '外形監視',
  about: 'プロバイダーの発表とは別に、ワーカーの稼働場所から測定した結果です。',
  columns: {
    endpoint: 'エンドポイント',
    region: 'リージョン',
    state: '状態',
    from: '測定元',
    phases: '内訳',
    measured: '測定時刻',
  },
  reachableFrom: places => (places.length === 0 ? 'ここからの到達性' : `ここからの到達性（${places.join('、')}）`),
  row: (name, state) => `${name}：${state}`,
  reachable: since => `到達可能、${since}`,
  unreachable: (since, why) => `到達不能、${since}：${why ?? '理由は不明'}`,
  notMeasured: why => `測定できません：${why}`,
  notMeasuredYet: '未測定',
  lastKnown: (reachable, clock) => `最後に確認された状態：${reachable ? '到達可能' : '到達不能'}（${clock}）`,
  phases: { name: '名前解決', connect: '接続', tls: 'TLS', firstByte: '最初の1バイト' },
  phase: (name, ms) => `${name} ${ms} ms`,
  contradiction: ({ place, provider, from, since }) =>
    `${place}：${provider}は正常と発表していますが、${from}からは${since}以降到達できません。`,
}
