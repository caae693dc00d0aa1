import type { Words } from '../words.ts'
import { lists } from './lists.ts'

export const incidents: Words['incidents'] = {
  heading: '障害情報',
  none: '発生中の障害はありません。',
  noneKnown: '確認できている障害はありません。',
  scheduled: '予定されているメンテナンス',
  ended: '最近終了したもの',
  worldwide: provider => `${provider}（全世界）`,
  inRegions: (provider, regions) => `${provider} ${lists.sentence(regions)}`,
  where: where => `${where}：`,
  stateAndStage: (state, stage) => `${state}、${stage}`,
  endedAfter: (stage, length, ago) => `${stage}（継続${length}）、${ago}`,
  update: stage => `${stage}。`,
  updates: n => `更新${n}件`,
  less: '折りたたむ',
  of: title => `（${title}）`,
  /** Leads to the page of all, where more are active than are listed. */
  all: n => `すべての障害情報（${n}件）`,
  statusPage: 'ステータスページ',
}
