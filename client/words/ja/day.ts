import type { Words } from '../words.ts'

export const day: Words['day'] = {
  noPoll: '直近24時間の取得はありません。',
  allFailed: '直近24時間の取得はすべて失敗しました。',
  allOk: '直近24時間の取得はすべて成功しました。',
  allOkBut: exceptions => `直近24時間の取得は、${exceptions}を除きすべて成功しました。`,
  someFailedIn: span => `${span}（一部失敗）`,
  allFailedIn: span => `${span}（すべて失敗）`,
  gaps: gaps => `取得なし：${gaps}。`,
  before: hour => `${hour}以前`,
  since: hour => `${hour}以降`,
}
