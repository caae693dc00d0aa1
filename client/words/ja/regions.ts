import { countriesIn } from '../countries.ts'
import type { Words } from '../words.ts'
import { lists } from './lists.ts'

const continents: Readonly<Record<string, string>> = {
  Europe: 'ヨーロッパ',
  'North America': '北米',
  'South America': '南米',
  Asia: 'アジア',
  Oceania: 'オセアニア',
  Africa: 'アフリカ',
}

export const regions: Words['regions'] = {
  heading: 'リージョン',
  providers: 'プロバイダー',
  geography: continent => continents[continent] ?? continent,
  noRegionNamed: state => `${state}（リージョンの記載なし）`,
  cell: (name, sentence) => `${name}、${sentence}`,
  mine: { heading: 'マイリージョン', none: 'リージョンを開いて「マイリージョンに追加」を選んでください。' },
  add: 'マイリージョンに追加',
  remove: 'マイリージョンから削除',
  announced: '発表済み（未開設）',
  announcedSentence: place => `${place}：発表済み（未開設）。`,
  lastKnown: (state, clock) => `最後に確認された状態：${state}（${clock}）`,
  unknownSentence: (place, lastKnown) => `${place}：不明。${lastKnown ?? 'まだどの情報源からも情報がありません'}。`,
  sentence: (place, state, since, services) =>
    `${place}：${state}${since === null ? '' : `、${since}`}。${services.length === 0 ? '' : `${lists.plain(services)}。`}`,
  country: countriesIn('ja'),
  facts: {
    code: 'コード',
    name: '名称',
    city: '都市',
    country: '国・地域',
    zones: 'ゾーン数',
    localTime: '現地時刻',
    opened: '開設年',
    pair: 'ペアリージョン',
    residency: 'データの保存先',
    carbonFree: 'カーボンフリー',
  },
  share: percent => `${percent}%`,
}
