import { numbersIn } from '../numbers.ts'
import type { Words } from '../words.ts'

const { whole } = numbersIn('ja')

export const near: Words['near'] = {
  city: '都市',
  cityHint: '大阪、アムステルダム',
  show: '表示',
  here: '現在地を使う',
  privacy: '入力内容と現在地がこのページの外に送られることはありません。',
  noCity: text => `「${text}」という都市は登録されていません。近くの大きな都市を入力してください。`,
  noPlace: '場所が指定されていないため、名前順に表示しています。',
  from: place => `${place}からの直線距離です。`,
  asking: 'ブラウザーに問い合わせています。',
  yourPlace: '現在地',
  denied: '現在地を取得できません。代わりに都市を入力してください。',
  filters: '絞り込み',
  any: '指定なし',
  provider: 'プロバイダー',
  continent: '大陸',
  country: '国・地域',
  residency: 'データの保存先',
  zones: 'ゾーン数（以上）',
  carbonFree: 'カーボンフリー（以上）',
  operational: '正常なもののみ',
  found: n => `${whole(n)}リージョン`,
  noneFits: '該当するリージョンはありません。条件を減らしてください。',
  all: n => `${whole(n)}件すべて表示`,
  measured: '最初の1バイト',
  measuredFrom: places =>
    `最初の1バイト：お使いの端末からではなく、ワーカーの稼働場所（${places}）から測定した値です。`,
  compare: '比較',
  comparePlace: place => `${place}を比較`,
  comparison: '比較表',
  chooseMore: '最大4リージョンを選ぶと並べて表示します。',
  remove: '外す',
  unsaid: '–',
}
