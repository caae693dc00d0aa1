import type { Words } from '../words.ts'

export const states: Words['states'] = {
  label: {
    operational: '正常',
    under_maintenance: 'メンテナンス中',
    degraded_performance: 'パフォーマンス低下',
    partial_outage: '一部障害',
    major_outage: '大規模障害',
    unknown: '不明',
  },
  stage: {
    investigating: '調査中',
    identified: '原因特定済み',
    monitoring: '経過観察中',
    resolved: '復旧済み',
    postmortem: '事後報告済み',
    scheduled: '予定',
    in_progress: '実施中',
    verifying: '確認中',
    completed: '完了',
  },
}
