import type { noticeTitles as english } from '../en/push.ts'

export const noticeTitles: typeof english = {
  opened: where => `${where}：新しい障害`,
  worsened: where => `${where}：障害が悪化`,
  resolved: where => `${where}：障害が終了`,
  acknowledged: (where, by) => `${where}：${by}さんが対応中`,
  simulated: title => `シミュレーション：${title}`,
}
